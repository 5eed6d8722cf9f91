from contextlib import suppress
from pathlib import Path

import pytest
from gensim.test.utils import datapath
from hypothesis import given
from hypothesis import strategies as st

from core.embeddings import Embeddings
from core.errors import InputError
from core.formats.analogy_questions import (
    MAX_SECTIONS,
    AnalogyQuestion,
    read_questions,
    replace_in_questions,
)
from core.formats.rated_pairs import RatedPair, read_rated_pairs
from core.formats.text_lines import MAX_BYTES, MAX_LINES, ParseError

OWN = Path(__file__).resolve().parents[3] / "assets" / "evaluation" / "analogies.txt"


def rows(text: str) -> list[tuple[int, str]]:
    """Return the errors of a text of questions."""
    return [(error.line, error.reason) for error in read_questions(text.encode()).errors]


# Analogy questions


def test_sections_and_four_words_a_line() -> None:
    read = read_questions(b": family\nman woman king queen\n: capital\nathens greece oslo norway\n")
    assert [section.name for section in read.sections] == ["family", "capital"]
    assert read.sections[0].questions == (AnalogyQuestion("man", "woman", "king", "queen"),)
    assert read.sections[1].questions == (AnalogyQuestion("athens", "greece", "oslo", "norway"),)
    assert read.errors == ()
    assert len(read) == 2


@pytest.mark.parametrize(
    "data",
    [
        b":s\na b c d",
        b"  :   s  \n\n  a\tb   c d  \n\n",
        b": s\r\na b c d\r\n",
        b": s\ra b c d\r",
        b"\xef\xbb\xbf: s\na b c d",
        ": s\na b c d".encode("utf-16"),
        b"\xfe\xff" + ": s\na b c d".encode("utf-16-be"),
        b"# of our own\n: s\n# here it comes\na b c d",
    ],
)
def test_spaces_line_ends_marks_and_comments_do_not_matter(data: bytes) -> None:
    read = read_questions(data)
    assert [(section.name, section.questions) for section in read.sections] == [
        ("s", (AnalogyQuestion("a", "b", "c", "d"),))
    ]
    assert read.errors == ()


def test_letters_of_all_languages_are_read() -> None:
    read = read_questions(": Familie\nMann Frau König Königin\n男 女 王 女王".encode())
    assert read.sections[0].questions[1] == AnalogyQuestion("男", "女", "王", "女王")


def test_questions_before_the_first_heading_are_used() -> None:
    read = read_questions(b"a b c d\n: s\ne f g h\n:\ni j k l")
    assert [(section.name, len(section.questions)) for section in read.sections] == [
        ("questions", 2),
        ("s", 1),
    ]


def test_a_section_that_comes_twice_is_one_and_an_empty_one_is_kept() -> None:
    read = read_questions(b": s\na b c d\n: empty\n: s\ne f g h")
    assert [(section.name, len(section.questions)) for section in read.sections] == [
        ("s", 2),
        ("empty", 0),
    ]


def test_broken_lines_are_named_and_the_rest_is_used() -> None:
    text = ": s\na b c d\na b c\n\nword\na b c d e\ne f g h"
    assert rows(text) == [
        (3, "3 words, expected four"),
        (5, "1 word, expected four"),
        (6, "5 words, expected four"),
    ]
    assert len(read_questions(text.encode())) == 2


def test_an_older_encoding_is_read_and_named() -> None:
    text = ": s\na b c d\nMann Frau König Königin\nfrère sœur père mère\n"
    read = read_questions(text.encode("cp1252"))
    assert [question.expected for question in read.sections[0].questions] == [
        "d",
        "Königin",
        "mère",
    ]
    assert read.errors == ()
    assert "cp1252" in read.note
    assert read_questions("król królowa mąż żona".encode("cp1250")).sections[0].questions == (
        AnalogyQuestion("król", "królowa", "mąż", "żona"),
    )
    assert "UTF-16" in read_questions("a b\nc d".encode("utf-16-le")).note
    assert read_questions(text.encode("utf-8-sig")).note == ""


def test_a_broken_byte_in_utf_8_breaks_only_its_line() -> None:
    read = read_questions(
        "Mann Frau König Königin\na b c \udcff\n".encode(errors="surrogateescape")
    )
    assert [error.line for error in read.errors] == [2]
    assert (len(read), read.note) == (1, "")


@pytest.mark.parametrize(
    "page",
    [b"<!DOCTYPE html><p>gone", b" <?xml version='1.0'?><Error/>", b"\xef\xbb\xbf<html>a b 1"],
)
def test_a_web_page_is_called_one(page: bytes) -> None:
    for read in (read_questions, read_rated_pairs):
        with pytest.raises(InputError, match="web page"):
            read(page)


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("hong kong\tchina\trome\titaly", [("hong kong", "china", "rome", "italy")]),
        ("hong kong,china,rome,italy", [("hong kong", "china", "rome", "italy")]),
        ("hong kong; china; rome; italy", [("hong kong", "china", "rome", "italy")]),
        ("hong kong\tchina\nrome\titaly",
         [("hong kong", "china", "rome", "italy"), ("rome", "italy", "hong kong", "china")]),
        ("hong kong, los angeles, rome, san marino",
         [("hong kong", "los angeles", "rome", "san marino")]),
        ("man woman, king queen", [("man", "woman", "king", "queen")]),
        ("w1\tw2\tw3\tw4\nman\twoman\tking\tqueen", [("man", "woman", "king", "queen")]),
        ("capital1,land1,capital2,land2\nman,woman,king,queen",
         [("man", "woman", "king", "queen")]),
        ("a,a*,b,b*\nman,woman,king,queen", [("man", "woman", "king", "queen")]),
        ("man\twoman\tman\twife", [("man", "woman", "man", "wife")]),
        ("1,000 thousand 1,000,000 million", [("1,000", "thousand", "1,000,000", "million")]),
    ],
)  # fmt: skip
def test_columns_may_be_phrases_and_have_a_heading(
    text: str, questions: list[tuple[str, ...]]
) -> None:
    read = read_questions(text.encode())
    (section,) = read.sections
    assert [(q.a, q.b, q.c, q.expected) for q in section.questions] == questions
    assert read.errors == ()
    assert bool(read.note) == (text[:1] in "wc" or text.startswith("a,"))


def test_several_right_answers() -> None:
    (section,) = read_questions(b"oak\ttree/plant\ncat\tanimal/pet/feline\nowl\tbird").sections
    first, second, third, *_ = section.questions
    assert (first.a, first.b, first.c) == ("oak", "tree", "cat")
    assert first.answers == ("animal", "pet", "feline", "animal/pet/feline")
    assert (second.expected, second.also) == ("bird", ())
    assert third.answers == ("tree", "plant", "tree/plant")
    ((speed,),) = [each.questions for each in read_questions(b"metre second m km/h").sections]
    assert "km/h" in speed.answers


def test_pairs_are_asked_about_each_other_within_their_section() -> None:
    read = read_questions(b": s\na A\nb B\nc C\n: t\nd D\ne E")
    asked = [question for section in read.sections for question in section.questions]
    assert asked == [
        AnalogyQuestion("a", "A", "b", "B"),
        AnalogyQuestion("a", "A", "c", "C"),
        AnalogyQuestion("b", "B", "a", "A"),
        AnalogyQuestion("b", "B", "c", "C"),
        AnalogyQuestion("c", "C", "a", "A"),
        AnalogyQuestion("c", "C", "b", "B"),
        AnalogyQuestion("d", "D", "e", "E"),
        AnalogyQuestion("e", "E", "d", "D"),
    ]


def test_broken_pairs_are_named() -> None:
    assert rows(": s\na A\nb B\na b c d\na A\nc") == [
        (4, "4 words, expected two, as in most lines"),
        (5, "the same pair as on line 2"),
        (6, "1 word, expected two, as in most lines"),
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("man, woman, king, queen", ["man", "woman", "king", "queen"]),
        ("man,woman,king,queen", ["man", "woman", "king", "queen"]),
        ("man; woman;king ,queen;", ["man", "woman", "king", "queen"]),
        ("1,000 thousand 100 hundred", ["1,000", "thousand", "100", "hundred"]),
    ],
)
def test_commas_may_stand_after_words(line: str, words: list[str]) -> None:
    (section,) = read_questions(line.encode()).sections
    assert section.questions == (AnalogyQuestion(*words),)


def test_a_section_of_one_pair_is_named() -> None:
    assert rows(": s\na A\nb B\n: t\nc C\n: u") == [
        (5, "one pair makes no question: its section needs two")
    ]


def test_without_any_question_one_line_is_not_told_two_lengths() -> None:
    with pytest.raises(InputError) as caught:
        read_questions(b"a b c\nd")
    assert str(caught.value).count("expected four or two") == 2


def test_a_word_is_replaced_in_typed_questions() -> None:
    text = ": qeen\nqeen, Qeen;qeen\n# qeen\nqeens qeen"
    assert replace_in_questions(text, "qeen", r"\1") == (": qeen\n\\1, Qeen;\\1\n# qeen\nqeens \\1")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b": s\n: t", "No question could be read. Expected"),
        (b": s\na A", "No question.*line 2: one pair"),
        (b"tiger,cat,7.35\nbook,paper,7.46", "line 1: 3 words, .*line 2: 3 words"),
        (b"a b c\n" * 9, "line 1: 3 words.*line 3.*and 6 more"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a text file.*UTF-8"),
        (b"\0" * 1_000, "not a text file"),
        (b"\xff\xd8\xff\xe0 jpeg", "No question"),
        (b"\xff\xfe", "empty"),
        (b"a" * (MAX_BYTES + 1), "10,000,001 bytes"),
        (b"\n" * (MAX_LINES + 2), "lines; at most 200,000"),
        (b"".join(b": %d\na b c d\n" % place for place in range(101)), "101 sections"),
        (b"".join(b"a%d b%d\n" % (place, place) for place in range(500)), "249,500 questions"),
    ],
    ids=lambda value: value[:20] if isinstance(value, bytes) else None,
)
def test_a_file_without_questions_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told) as caught:
        read_questions(data)
    assert len(str(caught.value)) < 400


def test_the_limits_themselves_are_allowed() -> None:
    assert len(read_rated_pairs(b"a b 1\n" * MAX_LINES)) == MAX_LINES
    sections = b"".join(b": %d\na b c d\n" % place for place in range(MAX_SECTIONS))
    assert len(read_questions(sections).sections) == MAX_SECTIONS


def test_googles_file() -> None:
    read = read_questions(Path(datapath("questions-words.txt")).read_bytes())
    assert len(read) == 19_544
    assert len(read.sections) == 14
    assert read.errors == ()


def test_our_own_questions(glove: Embeddings) -> None:
    read = read_questions(OWN.read_bytes())
    assert read.errors == ()
    assert len(read.sections) == 10
    for section in read.sections:
        pairs = {(question.a, question.b) for question in section.questions}
        assert len(pairs) == 12
        assert len(section.questions) == 12 * 11
        words = [word for pair in pairs for word in pair]
        assert len(set(words)) == len(words)  # else an answer would stand in the question
        assert [word for word in words if word.lower() not in glove] == []


# Pairs rated by people


def test_two_words_and_a_number_a_line() -> None:
    read = read_rated_pairs(b"# rated\nlove\tsex\t6.77\ntiger\ttiger\t10.00\n")
    assert read.pairs == (RatedPair("love", "sex", 6.77), RatedPair("tiger", "tiger", 10))
    assert (read.errors, read.heading) == ((), "")


@pytest.mark.parametrize(
    "line",
    [
        "tiger\tcat\t7.35", "tiger,cat,7.35", "tiger, cat, 7.35", "tiger;cat;7.35",
        "tiger cat 7.35", "  tiger   cat   7.35  ", '"tiger","cat","7.35"', "tiger\tcat\tN\t7.35",
        "tiger,cat,7.35,1,2", "tiger\tcat\t7.35\tmany more words", "tiger\tcat\t+735e-2\r",
    ],
)  # fmt: skip
def test_what_parts_the_columns_does_not_matter(line: str) -> None:
    assert read_rated_pairs(line.encode()).pairs == (RatedPair("tiger", "cat", 7.35),)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("id,first,second,mean\n11,cat,tiger,7.3\n12,sun,pear,1",
         [("cat", "tiger", 7.3), ("sun", "pear", 1)]),
        ("1\tcat\ttiger\t7.3\n2\tsun\tpear\t1", [("cat", "tiger", 7.3), ("sun", "pear", 1)]),
        ("pair_id;w1;w2;pos;mean\np1;cat;tiger;N;7.3", [("cat", "tiger", 7.3)]),
        ("1984\tnovel\t6.1\t0.4\ncat\ttiger\t7.3\t0.2",
         [("1984", "novel", 6.1), ("cat", "tiger", 7.3)]),
        ('"Rome, Italy","Bonn",3.5', [("Rome, Italy", "Bonn", 3.5)]),
        ('"hong kong" tokyo 6', [("hong kong", "tokyo", 6)]),
        ("hong kong,tokyo,6", [("hong kong", "tokyo", 6)]),
        ("cat:tiger:7.3\nsun:pear:1:n:n", [("cat", "tiger", 7.3), ("sun", "pear", 1)]),
        ('12" disk\t8" disk\t9', [('12" disk', '8" disk', 9)]),
    ],
)  # fmt: skip
def test_columns_of_many_kinds(text: str, pairs: list[tuple[str, str, float]]) -> None:
    read = read_rated_pairs(text.encode())
    assert [(pair.first, pair.second, pair.rating) for pair in read.pairs] == pairs
    assert read.errors == ()


def test_ratings_in_an_older_encoding() -> None:
    read = read_rated_pairs("père;mère;8.1\nété;hiver;4".encode("latin-1"))
    assert [pair.first for pair in read.pairs] == ["père", "été"]
    assert "cp1252" in read.note


@pytest.mark.parametrize(
    "heading", ["Word 1,Word 2,Human (mean)", "word1\tword2\tPOS\tSimLex999\tconc(w1)", "a b c"]
)
def test_a_heading_is_no_fault(heading: str) -> None:
    read = read_rated_pairs(f"# comment\n{heading}\nold\tnew\tA\t1.58\n".encode())
    assert read.heading == heading
    assert read.errors == ()
    assert read.pairs == (RatedPair("old", "new", 1.58),)


def test_broken_ratings_are_named_and_the_rest_is_used() -> None:
    text = (
        "tiger\tcat\t7.35\nword 1\tword 2\tmean\ntiger\tcat\nnew york city 5\ntiger\tcat\t7,35\n"
        "tiger\t\t3\na\tb\tnan\na\tb\tinf\nbook\tpaper\t7.46"
    )
    read = read_rated_pairs(text.encode())
    assert read.pairs == (RatedPair("tiger", "cat", 7.35), RatedPair("book", "paper", 7.46))
    assert [error.line for error in read.errors] == [2, 3, 4, 5, 6, 7, 8]
    assert "'mean'" in read.errors[0].reason
    assert read.errors[1] == ParseError(3, "2 parts, expected two words and a number")
    assert "write 7.35, not 7,35" in read.errors[3].reason


def test_a_first_line_with_a_decimal_comma_is_no_heading() -> None:
    read = read_rated_pairs(b"tiger;cat;7,35\nbook;paper;7.46")
    assert read.heading == ""
    assert [error.line for error in read.errors] == [1]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"# nothing\n", "No pair could be read. Expected lines of two words and a number"),
        (b"Word 1,Word 2,Mean", "No pair.*line 1"),
        (b": family\nman woman king queen", "line 1.*line 2"),
        (b"PK\3\4\0\0", "not a text file"),
        (b"x\ty\t" + b"z" * 9_999 + b"1", "line 1|No pair"),
    ],
)
def test_a_file_without_pairs_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told) as caught:
        read_rated_pairs(data)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(("name", "count"), [("wordsim353.tsv", 353), ("simlex999.txt", 999)])
def test_gensims_files(name: str, count: int) -> None:
    read = read_rated_pairs(Path(datapath(name)).read_bytes())
    assert (len(read), read.errors, read.heading) == (count, (), "")


# Any file

texts = st.text(max_size=200) | st.text("ab1.2:,;\t #\n\r\"'-", max_size=200)


@given(texts.map(str.encode) | st.binary(max_size=200))
def test_any_file_is_read_or_refused_in_words(data: bytes) -> None:
    lines = len(data.splitlines()) + data.count(b"\r") + 1
    with suppress(InputError):
        read = read_questions(data)
        assert len(read) > 0
        assert all(1 <= error.line <= lines for error in read.errors)
    with suppress(InputError):
        rated = read_rated_pairs(data)
        assert len(rated) > 0
        assert all(pair.first and pair.second for pair in rated.pairs)


words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=6)


@given(st.lists(st.tuples(words, words, words, words), min_size=1, max_size=8))
def test_what_is_written_is_read(four: list[tuple[str, str, str, str]]) -> None:
    text = ": s\n" + "\n".join(" ".join(line) for line in four)
    (section,) = read_questions(text.encode()).sections
    assert list(section.questions) == [AnalogyQuestion(*line) for line in four]
