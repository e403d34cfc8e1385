"""Pure: how a text becomes tokens, and a question a list of phrases."""

from mingbai.search.rules.groups import GROUPS, group_of, marks, within
from mingbai.search.rules.question import Phrase, Question, ask
from mingbai.search.rules.telling import told
from mingbai.search.rules.tokens import index_tokens, plain

__all__ = [
    "GROUPS",
    "Phrase",
    "Question",
    "ask",
    "group_of",
    "index_tokens",
    "marks",
    "plain",
    "told",
    "within",
]
