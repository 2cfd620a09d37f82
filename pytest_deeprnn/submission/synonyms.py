"""The usual names of the contract's functions and arguments."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from pytest_deeprnn.core.function_roles import FunctionRole

Size = Literal["vocab", "hiddens", "layers", "batch", "device", "scale", "dropout"]
Kind = Size | Literal["inputs", "state", "params"]

_SIZES: dict[str, tuple[str, ...]] = {
    "vocab": (
        "v vocab vocab_size vocabulary vocabulary_size vocabsize voc_size vocab_len len_vocab "
        "num_vocab n_vocab nvocab num_tokens n_tokens ntoken ntokens num_classes n_classes "
        "num_inputs num_input n_inputs n_input n_in nin num_in input_size input_dim input_num "
        "inputs_size in_size in_dim in_features d_in dim_in inp insize input_features "
        "num_features n_features feature_size "
        "num_outputs num_output n_outputs n_output n_out nout num_out output_size output_dim "
        "output_num out_size out_dim out_features d_out dim_out q outsize n_chars num_chars "
        "vocab_dim dict_size alphabet_size charset_size d x_dim y_dim "
        "词表大小 词汇表大小 词典大小 输入数 输出数",
    ),
    "hiddens": (
        "h num_hiddens num_hidden n_hiddens n_hidden nhiddens nhidden nhid n_hid n_h nh hid "
        "hidden hiddens hidden_size hiddens_size hidden_sizes hidden_dim hidden_dims hid_dim "
        "hid_size hiddensize hidden_num hidden_nums hidden_units hidden_unit num_units n_units "
        "units width widths d_h dh d_hidden d_model dim_hidden dim state_size size_hidden "
        "layer_sizes layer_widths num_hiddens_list hidden_features hsize h_size h_dim "
        "num_h num_hid num_neurons num_hidden_units hidden_width hidden_channels "
        "隐藏单元数 隐单元数 隐藏大小 隐层大小",
    ),
    "layers": (
        "l num_layers num_layer n_layers n_layer nlayers nlayer layers layer_num layers_num "
        "num_hidden_layers n_hidden_layers depth nl n_l layer_count num_rnn_layers number_layers "
        "number_of_layers num_stack stack_depth k num_l 层数",
    ),
    "batch": (
        "b batch batch_size bs batchsize n_batch num_batch nbatch batch_num bsz n batch_sz size "
        "批量大小 批大小",
    ),
    "device": ("device dev ctx gpu device_ cuda dev_ on where 设备",),
    "scale": (
        "scale std stddev std_dev sd sigma init_scale init_std weight_scale init_range init_sigma "
        "stdev desv escala ecart 标准差",
    ),
    "dropout": ("dropout drop dropout_rate drop_rate p_drop dropout_p dropout_prob",),
}
_FORWARD: dict[str, tuple[str, ...]] = {
    "inputs": (
        "inputs input x xs seq seqs sequence input_seq data tokens emb embs embedding x_seq "
        "inp inps input_ inputs_ xt in_ batch eingabe eingaben entradas entrada 输入",
    ),
    "state": (
        "state states h hs hidden hiddens hidden_state hidden_states h0 h_0 init_state prev "
        "initial_state prev_state state_ s st h_prev prev_h old_state hc hx hidden_ states0 "
        "begin_state h_c memory mem zustand estado rnn_state gru_state lstm_state carry "
        "状态 隐状态",
    ),
    "params": (
        "params parameters param parameter weights weight w ws p ps theta thetas model_params "
        "params_ pars prm net_params gewichte pesos wts all_params parametros 参数",
    ),
}

EXPECTED: dict[FunctionRole, tuple[Kind, ...]] = {
    "get_params": ("vocab", "hiddens", "layers", "device"),
    "init_state": ("batch", "hiddens", "layers", "device"),
    "forward": ("inputs", "state", "params", "layers", "device"),
}
#: What is no size and has one value for all: the scale of the book's weights, and no dropout.
FIXED: dict[Kind, int | float] = {"scale": 0.01, "dropout": 0.0}
#: What a caller of the contract must be able to give.
REQUIRED: dict[FunctionRole, tuple[Kind, ...]] = {
    "get_params": ("vocab", "hiddens"),
    "init_state": ("batch", "hiddens"),
    "forward": ("inputs", "state", "params"),
}
ACCEPTED_NAMES: dict[FunctionRole, str] = {
    "get_params": "get_params, init_params, get_gru_params, create_weights, …",
    "init_state": "init_state, begin_state, init_gru_state, init_hidden, …",
    "forward": "forward, rnn, gru, lstm, deep_rnn, net, … with (inputs, state, params)",
}


def _table(words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {name: kind for kind, texts in words.items() for name in " ".join(texts).split()}


_SIZE_KIND = _table(_SIZES)
_FORWARD_KIND = _table(_FORWARD)

_COUNTED = re.compile("^(nb|number_of|no_of|count|size_of|amount_of)_")
#: Words of a longer name, in the order in which they decide: hidden_layer_size is no depth.
_HINTS: tuple[tuple[Kind, str], ...] = (
    (
        "layers",
        "layer layers lay lays lyr lyrs depth stack stacks stacked levels schicht schichten capas "
        "couches camadas strati strato warstwy warstw katman katmanlar sloev sloi слой слоев "
        "lagen",
    ),
    (
        "device",
        "device dev gpu cuda cpu ctx where geraet dispositivo appareil urzadzenie cihaz apparaat",
    ),
    (
        "batch",
        "batch batches bs bsz samples sequences minibatch stapel lote lot lotto partii partia "
        "yigin",
    ),
    (
        "hiddens",
        "hid hidden hiddens unit units neuron neurons state recurrent width latent cell memory "
        "node nodes rnn gru lstm h versteckt verdeckt einheiten oculto ocultos oculta "
        "ocultas cachee caches nascoste nascosti ukryte ukrytych gizli skryt skrytyh verborgen",
    ),
    (
        "vocab",
        "vocab vocabulary voc token tokens tok toks char chars chr chrs character characters "
        "alphabet symbol symbols class classes in input inputs out output outputs emb embed "
        "embedding embeddings feature features dict dictionary onehot label labels target "
        "targets word words category categories x y eingabe eingang ausgabe ausgang entrada "
        "entradas salida salidas entree sortie wortschatz sozluk slownik slownika vocabolario "
        "vocabulario vocabulaire vokabular",
    ),
)
#: With one of these a name is that of a size, whatever it is the size of.
_MEASURES = frozenset(
    ("size", "sizes", "dim", "dims", "units", "width", "features", "channels", "nodes", "len")
)
_FORWARD_HINTS: tuple[tuple[Kind, str], ...] = (
    ("params", "param params parameter parameters weight weights theta thetas"),
    ("state", "state states hidden hiddens memory carry"),
    ("inputs", "input inputs seq seqs sequence sequences token tokens data emb embeds text batch"),
)

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_PATTERNS: dict[FunctionRole, tuple[tuple[re.Pattern[str], int], ...]] = {
    "get_params": (
        (
            re.compile(
                r"^(get|init|initialize|initialise|create|make|build|new|gen)_?.*par(am)?s?"
            ),
            6,
        ),
        (re.compile(r"(^|_)par(am(eter)?)?s?($|_)"), 4),
        (re.compile(r"^(get|init|initialize|create|make|build)_.*(weight|theta)"), 4),
        (re.compile(r"weights?($|_)"), 2),
        (re.compile(r"参数|(^|_)param[eè]tr|gewichte|pesos|pesi|poids"), 3),
        (re.compile(r"^(init|setup|set_up|build|make|create|new|initiali[sz]e)($|_)"), 1),
        (re.compile(r"(^|_)(init|setup|build|initiali[sz]e)$"), 1),
    ),
    "init_state": (
        (re.compile(r"^(get|init|initial|begin|zero|make|new|create|start).*(state|hidden)"), 6),
        (re.compile(r"(^|_)(begin|zero|initial|init)_?.*(state|hidden|layer|h0|memory)"), 4),
        (re.compile(r"states?($|_)"), 3),
        (re.compile(r"^(h0|hidden)($|_)"), 2),
        (re.compile(r"状态|estado|stato|zustand|[eé]tat"), 3),
        (re.compile(r"^(init|start|zeros?|begin|fresh|blank|initial|reset|make|build)($|_)"), 1),
        (re.compile(r"(^|_)(init|start|zeros?|begin|initial|reset)$"), 1),
    ),
    "forward": (
        (re.compile(r"^forward$"), 6),
        (re.compile(r"前向|网络|adelante|vorwaerts|avanti"), 4),
        (re.compile(r"(^|_)(forward|fwd)($|_)"), 5),
        (re.compile(r"(^|_)(deep)?_?(rnn|gru|lstm)s?\d*($|_)"), 4),
        (re.compile(r"^(net|network|model|run|unroll|apply|predict_logits)($|_)"), 2),
        (re.compile(r"^(rollout|propag(ate|er|ar|a|iere)?|compute|step_through)($|_)"), 2),
    ),
}
CELLS = ("rnn", "gru", "lstm")
_WORD = re.compile(r"rnn|gru|lstm|[^\W\d_]+?(?=rnn|gru|lstm|[\W\d_]|$)")


def snake(name: str) -> str:
    """Write a name in lower case with underscores: getParams, LSTMCell: get_params, lstm_cell."""
    return _CAMEL.sub("_", name).lower()


def words_of(name: str) -> frozenset[str]:
    """The words of a name; a cell is a word of its own: grucell is gru, cell."""
    return frozenset(_WORD.findall(snake(name)))


def kind_of(argument: str, role: FunctionRole) -> Kind | None:
    """What an argument of this function stands for by its name, if it is a usual one."""
    name = snake(argument).strip("_")
    found = _SIZE_KIND.get(name) or _SIZE_KIND.get(_COUNTED.sub("num_", name))
    if role == "forward":
        # a single letter is hardly a size there: forward(a, b, c)
        size = found if len(name) > 1 or found in EXPECTED[role] else None
        found = _FORWARD_KIND.get(name) or size
    return found  # type: ignore[return-value]  # the tables hold kinds only


def hinted_kind(argument: str, role: FunctionRole) -> Kind | None:
    """What the words of an unusual name speak of: embedding_size of V, rnn_width of H."""
    words = frozenset(re.findall(r"[^\W\d_]+", _unaccented(snake(argument))))
    if role == "forward" and not words & _MEASURES:
        return _spoken(words, _FORWARD_HINTS)
    kind = _spoken(words, _HINTS)
    if kind == "layers" and words & _MEASURES:
        return _spoken(words, _HINTS[1:]) or "hiddens"
    return kind


def _unaccented(name: str) -> str:
    """Write a name without the marks on its letters: yığın, größe: yigin, grosse."""
    parts = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l"))
    return "".join(one for one in parts if not unicodedata.combining(one))


def _spoken(words: frozenset[str], hints: tuple[tuple[Kind, str], ...]) -> Kind | None:
    return next((kind for kind, said in hints if words & frozenset(said.split())), None)


def name_score(function: str, role: FunctionRole) -> int:
    """How well a function's name fits a role; 0 for not at all, 1 where its arguments decide."""
    name = snake(function)
    return max((score for pattern, score in _PATTERNS[role] if pattern.search(name)), default=0)


def cells_in(function: str) -> frozenset[str]:
    """The cells that a function's name speaks of."""
    name = snake(function)
    return frozenset(cell for cell in CELLS if cell in name)
