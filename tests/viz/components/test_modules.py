"""The modules of the components, joined for Streamlit."""

import re
from collections import Counter
from pathlib import Path

import pytest

from viz.components import modules
from viz.components.modules import joined, sources

FOLDER = Path(modules.__file__).parent
PAGE = "word_map/standalone.js"  # runs by itself: nothing calls it
ENTRIES = (
    "word_map/engine_element.js",
    "word_map/scene_element.js",
    "word_map/notes_element.js",
    "word_map/notebook.js",
    PAGE,
    "softmax/panel.js",
    "token_strip/strip.js",
    "training_player/player.js",
    "arrow_plane/plane.js",
    "path_picture/picture.js",
    "word_completion/completion.js",
)


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_joined_script_has_no_imports_and_no_name_twice(entry: str) -> None:
    script = joined(FOLDER / entry)
    assert not re.search(r"^import ", script, re.MULTILINE)
    exports = re.findall(r"^export .*$", script, re.MULTILINE)
    assert len(exports) == (entry != PAGE)
    assert all(re.match(r"export default (async )?function ", line) for line in exports)
    declared = r"^(?:async )?(?:function|class|const|let) (\w+)"
    names = Counter(re.findall(declared, script, re.MULTILINE))
    assert [name for name, times in names.items() if times > 1] == []


def test_every_module_belongs_to_a_component() -> None:
    used = {path for entry in ENTRIES for path in sources(FOLDER / entry)}
    assert used == {path.resolve() for path in FOLDER.rglob("*.js")}


def test_a_module_comes_after_those_it_imports_and_once(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "part").mkdir()
    (tmp_path / "shared/a.js").write_text("export const a = 1;\n")
    (tmp_path / "part/b.js").write_text(
        'import { a } from "../shared/a.js";\nexport const b = a;\n'
    )
    (tmp_path / "part/c.js").write_text(
        'import { a } from "../shared/a.js";\nimport {\n  b,\n} from "./b.js";\n'
        "export default function () {}\n"
    )
    script = joined(tmp_path / "part/c.js")
    assert script == "const a = 1;\n\nconst b = a;\n\nexport default function () {}\n"
