"""Data: vectors that visitors bring, what was found in them, and which ones the pages show."""

from core.formats.vector_file import Texts
from pages.data.comparison import show_comparison
from pages.data.download import show_download
from pages.data.kept import show_kept
from pages.data.reading import FILE, TYPED, choose_files, is_reading, read_files, typed
from pages.data.summary import show_summary
from pages.data.texts import embedded, is_embedding
from pages.shared.controls import choice
from pages.shared.job_view import repeat_while
from pages.shared.page_frame import errors_shown, show_page

FROM = {FILE: "A file", TYPED: "Type or paste"}


def show_data() -> None:
    """Show what is brought, the vectors that are there, and a comparison of two of them."""
    with errors_shown():
        kind = choice("Bring", (FILE, TYPED), "data_from", format_func=FROM.__getitem__)
        if kind == TYPED:
            loaded = typed()
        else:
            files = choose_files()
            read = read_files(files) if files else None
            loaded = embedded(read) if isinstance(read, Texts) else read
        if loaded is not None:
            show_summary(loaded)
    with errors_shown():
        show_kept()
        show_download()
        show_comparison()


with show_page("Data", "Bring word vectors or texts of your own; every page then shows them."):
    repeat_while(lambda: is_reading() or is_embedding(), show_data)()
