"""A team's own scale of two ratings, and its own template, as files would hold them."""

OURS = """
id = "ours"
version = 1
[[rating]]
rating = "yes"
key = "1"
value = 5
symbol = "+"
label = { zh = "是", en = "Yes" }
definition = { zh = "是的", en = "It is so." }
[[rating]]
rating = "no"
key = "2"
value = 1
symbol = "-"
label = { zh = "否", en = "No" }
definition = { zh = "不是", en = "It is not so." }
"""

LOOK = """
id = "look"
version = 1
order = "verdict"
leave_out = ["history", "notes"]
accent = "#7a1f1f"
paper = "Letter"
[title]
zh = "每周核查"
en = "Weekly check"
"""
