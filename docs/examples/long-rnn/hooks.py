"""What this exercise adds: a check, a mutation, and an output."""

from pytest_deeprnn.api import Output, hookimpl, replacing

STEPS = 200


@hookimpl
def deeprnn_checks():
    """The check `long-run`, for which exercise.toml gives points."""
    import torch  # here, since outputs are written where torch is not needed

    from pytest_deeprnn.api import Check, Failed, Passed

    def long_run(probe):
        """Units of a tanh layer stay between -1 and 1, however long the text is."""
        network = probe.at(vocab_size=5, num_hiddens=4)
        inputs = network.one_hot(torch.zeros(STEPS, 2, dtype=torch.int64))
        params = tuple(3 * torch.ones_like(value) for value in network.get_params())
        _, new_state = network.forward(inputs, network.init_state(batch_size=2), params)
        largest = max(float(value.abs().max()) for value in new_state)
        if largest > 1:
            return Failed(f"After {STEPS} steps a hidden unit is {largest:.3g}.")
        return Passed()

    return [Check("long-run", long_run)]


@hookimpl
def deeprnn_mutations():
    """A fault that is common in this course: the arc tangent in the place of tanh."""
    from pytest_deeprnn.api import CellMutation, Edit, Mutation

    arctan = Mutation(
        code="wrong-activation",
        gate="none",
        text="applies atan where tanh is asked for",
        edits=(Edit(place="H_t", old="torch.tanh", new="torch.atan"),),
    )
    return [CellMutation("rnn", arctan)]


@hookimpl
def deeprnn_outputs():
    """`--output letters` writes a letter for each submission."""

    def write(results, place):
        with replacing(place.path) as new, new.open("w", encoding="utf-8") as file:
            for one in results:
                share = one.report.score / one.report.max_score
                letter = "A" if share >= 0.9 else "B" if share >= 0.6 else "C"
                file.write(f"{one.report.submission.id},{letter}\n")
        return f"letters: {place.path}"

    return [Output(name="letters", what="letter grades", file="letters.csv", write=write)]
