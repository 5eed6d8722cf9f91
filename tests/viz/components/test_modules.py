"""The modules of the components, joined for Streamlit."""

import re
from collections import Counter
from pathlib import Path

import pytest

from viz.components.modules import joined
from viz.components.softmax import component as softmax
from viz.components.training_player import component as player
from viz.components.word_map import script as word_map

COMPONENTS = {
    "word map": (word_map.FOLDER, word_map.ENGINE),
    "page of a word map": (word_map.FOLDER, word_map.PAGE),
    "softmax": (Path(softmax.__file__).parent, softmax.MODULES),
    "training player": (Path(player.__file__).parent, player.MODULES),
}
of_each = pytest.mark.parametrize(("folder", "modules"), COMPONENTS.values(), ids=COMPONENTS.keys())


@of_each
def test_the_joined_script_has_no_imports_and_no_name_twice(
    folder: Path, modules: tuple[str, ...]
) -> None:
    script = joined(folder, modules)
    assert not re.search(r"^import ", script, re.MULTILINE)
    exports = re.findall(r"^export .*$", script, re.MULTILINE)
    assert len(exports) == (modules is not word_map.PAGE)
    assert all(line.startswith("export default function (") for line in exports)
    declared = r"^(?:async )?(?:function|class|const|let) (\w+)"
    names = Counter(re.findall(declared, script, re.MULTILINE))
    assert len(names) > 5
    assert [name for name, times in names.items() if times > 1] == []


@of_each
def test_each_module_is_joined_after_those_it_imports(
    folder: Path, modules: tuple[str, ...]
) -> None:
    for place, name in enumerate(modules):
        text = (folder / name).read_text(encoding="utf-8")
        imported = re.findall(r'from "\./(\w+\.js)";', text)
        assert set(imported) <= set(modules[:place]), name
