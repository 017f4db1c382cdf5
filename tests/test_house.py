"""Habits of the house that a machine can check."""

import inspect
import pkgutil
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

import tocmodel as toc


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_importing_the_library_loads_nothing_heavy() -> None:
    heavy = [
        "lxml",
        "openpyxl",
        "xlsxwriter",
        "python_calamine",
        "jinja2",
        "pandas",
        "polars",
        "networkx",
        "numpy",
        "pint",
        "yaml",
        "pygraphviz",
        "typer",
        "rich",
    ]
    assert run(f"import sys, tocmodel; print([name for name in {heavy!r} if name in sys.modules])") == "[]"


def test_reading_a_model_loads_no_report_and_no_table_library() -> None:
    heavy = ["lxml", "openpyxl", "xlsxwriter", "python_calamine", "jinja2", "pandas", "polars", "pygraphviz"]
    code = f"import sys, tocmodel; tocmodel.achievement(tocmodel.read('examples/kenya_sec/kenya_sec.yaml')); print([name for name in {heavy!r} if name in sys.modules])"
    assert run(code) == "[]"


def test_no_public_function_shares_its_name_with_a_top_level_module() -> None:
    modules = {module.name for module in pkgutil.iter_modules(toc.__path__)}
    functions = {name for name in toc.__all__ if inspect.isfunction(getattr(toc, name))}
    assert not modules & functions


def test_the_public_names_are_sorted_few_and_there() -> None:
    assert list(toc.__all__) == sorted(toc.__all__)
    assert len(toc.__all__) <= 42
    assert dir(toc) == sorted(toc.__all__)
    for name in toc.__all__:
        assert getattr(toc, name) is not None


@pytest.mark.parametrize("name", ["achievment", "figurs", "a.b", "__wrapped__", "_private"])
def test_an_unknown_name_is_an_attribute_error(name: str) -> None:
    with pytest.raises(AttributeError, match=f"no attribute '{name}'"):
        getattr(toc, name)


def test_the_modules_of_the_library_are_attributes_that_load_when_used() -> None:
    shown = "print('tocmodel.figures' in sys.modules, tocmodel.figures.Interval.__name__, tocmodel.__version__)"
    assert run(f"import sys, tocmodel; {shown}") == f"False Interval {version('tocmodel')}"
    # typed by name, so that type checkers know them too
    typed = Path(toc.__file__).read_text(encoding="utf-8")
    modules = {module.name for module in pkgutil.iter_modules(toc.__path__)} - {"cli", "__main__"}
    assert {name for name in modules if f"{name} as {name}" not in typed} == set()


def test_every_public_function_and_class_says_what_it_is() -> None:
    for name in toc.__all__:
        assert inspect.getdoc(getattr(toc, name)), name


def test_what_shows_itself_in_a_notebook_does_so_in_a_template() -> None:
    modules = [
        import_module(module.name) for module in pkgutil.walk_packages(toc.__path__, "tocmodel.") if module.name != "tocmodel.__main__"
    ]
    classes = {
        cls for module in modules for _, cls in inspect.getmembers(module, inspect.isclass) if cls.__module__.startswith("tocmodel.")
    }
    shown = {cls for cls in classes if hasattr(cls, "_repr_html_") and cls.__name__ != "Shown"}
    assert len(shown) > 10
    assert {cls.__name__ for cls in shown if not hasattr(cls, "__html__")} == set()


def test_the_modules_at_the_top_list_their_names() -> None:
    for module in pkgutil.iter_modules(toc.__path__, "tocmodel."):
        loaded = import_module(module.name) if module.name not in {"tocmodel.__main__", "tocmodel.cli"} else None
        names: list[str] | None = getattr(loaded, "__all__", None) if loaded else []
        assert names is not None, module.name
        assert all(hasattr(loaded, name) for name in names), module.name


def test_every_module_says_which_question_it_answers() -> None:
    for module in pkgutil.walk_packages(toc.__path__, "tocmodel."):
        if module.name != "tocmodel.__main__":
            assert import_module(module.name).__doc__, module.name
