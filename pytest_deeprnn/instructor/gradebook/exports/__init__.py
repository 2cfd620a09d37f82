"""A class's grades in the forms that learning platforms and spreadsheets read."""
