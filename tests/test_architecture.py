"""The rules of the house (docs/BUILDING.md), read from the code itself."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from wijkplatform import features

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "wijkplatform"
TEMPLATES = ROOT / "templates"
FEATURES = features.FEATURES

#: Inside a feature: a file imports only what stands before it. A name that is not here is pure arithmetic or help.
LAYERS = ("models", "policy", "queries", "lifecycle", "service", "exchange", "stage", "forms", "views")
#: Helpers of a feature that stand at a place in that order; every other file may import models and other helpers only.
HELPERS = {
    "people.sessions": "queries", "people.letters": "queries", "people.names": "service", "places.hats": "models",
    "texts.conflicts": "exchange", "texts.integrity": "exchange", "index.integrity": "exchange",
    "rounds.listing": "queries", "rounds.integrity": "exchange", "search.kinds": "queries", "search.words": "models", "search.integrity": "exchange", "publish.rows": "models", "publish.lists": "models", "texts.common": "models", "exchange": "exchange",
}  # fmt: skip

FUNCTION_IMPORTS: set[str] = set()  #: imports inside functions; none
#: Who may make a deed final, and why. Everything else goes through `web/respond.py`.
COMMITS = {
    "wijkplatform/web/respond.py": "the answer to a successful POST",
    "wijkplatform/cli.py": "the command line",
    "wijkplatform/demo/build.py": "part of the command `demo`: each neighbourhood in a transaction of its own",
    "wijkplatform/bench/fixture.py": "part of the command `bench`: the neighbourhood that is measured, thrown away after",
}
#: Who writes beside a deed, and what: nothing that leaves an event.
ASIDE = {
    "wijkplatform/core/limits.py": "counters of attempts",
    "wijkplatform/core/outbox.py": "marks of what was sent",
    "wijkplatform/people/service.py": "requests to log in, ended sessions, cleaning",
    "wijkplatform/people/sessions.py": "sessions",
    "wijkplatform/web/kept.py": "kept input",
}
TAKEOVER = {
    "wijkplatform/cli.py": "import",
    "wijkplatform/bench/fixture.py": "the neighbourhood that is measured",
    "wijkplatform/demo/build.py": "the demo, from the command line",
}
#: What core asks of Flask: the settings of the running application, and binding the database to it.
CORE_FLASK = {
    "wijkplatform/core/db.py": {"Flask"},
    "wijkplatform/core/limits.py": {"current_app"},
    "wijkplatform/core/mail.py": {"current_app"},
    "wijkplatform/core/outbox.py": {"current_app"},
}
#: Who reads the environment: its settings, the port that `serve --port` hands on to the worker it starts, and who starts
#: a server to measure it.
ENVIRONMENT = {"wijkplatform/config.py", "wijkplatform/cli.py", "wijkplatform/bench/machines.py"}
LONG_FILE, LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW, LONGEST_PAGE = 300, 400, 45, 12, 150
#: Functions that are long because they are one statement or one table.
LONG_FUNCTIONS: set[str] = set()


def files() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """Every module that a file imports, spelled out: `from a import b` is a.b when that is a module."""
    known = {module_of(each) for each in files()}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((each.name, node) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: relative import"
            for each in node.names:
                full = f"{node.module}.{each.name}"
                yield (full if full in known else str(node.module)), node


def ours(path: Path) -> Iterator[str]:
    return (name for name, _node in imports(path) if name.partition(".")[0] == "wijkplatform")


def room(module: str) -> str:
    """The room of a module: core, web, a feature, or what puts them together."""
    return module.split(".")[1] if module.count(".") else "house"


def calls(path: Path, name: str) -> Iterator[ast.Call]:
    """Calls of something by this name, whether written bare or behind a dot."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            function = node.func
            if (isinstance(function, ast.Attribute) and function.attr == name) or (
                isinstance(function, ast.Name) and function.id == name
            ):
                yield node


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


# the line


def test_core_knows_no_feature_and_no_web() -> None:
    for path in (PACKAGE / "core").glob("*.py"):
        assert {room(each) for each in ours(path)} <= {"core"}, name_of(path)


def test_core_asks_of_flask_only_what_is_written_here() -> None:
    found = {
        name_of(path): {alias.name for _name, node in imports(path) if isinstance(node, ast.ImportFrom)
                        and node.module == "flask" for alias in node.names}
        for path in (PACKAGE / "core").glob("*.py")
    }  # fmt: skip
    assert {name: names for name, names in found.items() if names} == CORE_FLASK
    for path in (PACKAGE / "core").glob("*.py"):
        assert not any(name.split(".")[0] in ("werkzeug", "wtforms", "flask_login") for name, _n in imports(path))


def test_web_knows_no_feature() -> None:
    for path in (PACKAGE / "web").glob("*.py"):
        assert {room(each) for each in ours(path)} <= {"core", "web"}, name_of(path)


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_imports_only_what_stands_left_of_it(feature: str) -> None:
    allowed = {"core", "web", *FEATURES[: FEATURES.index(feature) + 1]}
    for path in (PACKAGE / feature).rglob("*.py"):
        for each in ours(path):
            assert room(each) in allowed, f"{name_of(path)} imports {each}"


def test_every_room_is_in_the_line_or_puts_the_house_together() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert rooms == {"core", "web", "demo", "exchange", "bench", *FEATURES}


def test_the_file_format_knows_no_pages() -> None:
    """`exchange` reads and writes directories through the offers; it needs places and people, and no page of anybody."""
    for path in (PACKAGE / "exchange").rglob("*.py"):
        for each in ours(path):
            assert not each.endswith((".views", ".forms")), f"{name_of(path)} imports {each}"
            assert room(each) != "web", f"{name_of(path)} imports {each}"


def layer(feature: str, module: str) -> int | None:
    """At which place in the order of a feature's files a module stands; None for pure arithmetic."""
    parts = module.split(".")
    if len(parts) < 3:
        return None
    name = HELPERS.get(f"{feature}.{parts[2]}", parts[2])
    return LAYERS.index(name) if name in LAYERS else None


@pytest.mark.parametrize("feature", FEATURES)
def test_inside_a_feature_files_follow_their_order(feature: str) -> None:
    for path in (PACKAGE / feature).rglob("*.py"):
        here = layer(feature, module_of(path))
        if here is None:
            continue
        for each in ours(path):
            there = layer(feature, each) if room(each) == feature else None
            assert there is None or there <= here, f"{name_of(path)} imports {each}"


def test_there_are_no_circles() -> None:
    edges = {module_of(path): set(ours(path)) - {module_of(path)} for path in files()}
    for module, targets in edges.items():  # importing a module runs its package first
        targets |= {module.rpartition(".")[0]} if module.rpartition(".")[0] in edges and "." in module[13:] else set()
        targets.discard("wijkplatform")
    state: dict[str, int] = {}

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert state.get(module) != 1, "a circle: " + " → ".join([*way[way.index(module) :], module])
        if state.get(module) == 2:
            return
        state[module] = 1
        for each in sorted(targets for targets in edges.get(module, ()) if targets in edges):
            if each.rpartition(".")[0] == module or module.startswith(each + "."):
                continue  # a package and its own files
            visit(each, (*way, module))
        state[module] = 2

    for module in sorted(edges):
        visit(module, ())


def test_imports_stand_at_the_top() -> None:
    found = {
        f"{name_of(path)}:{function.name}"
        for path in files() for function in functions(path) for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }  # fmt: skip
    assert found == FUNCTION_IMPORTS


# the few places


def test_a_session_is_committed_in_two_files_of_core() -> None:
    found = {
        name_of(path) for path in files() for call in calls(path, "commit")
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) != "trail"
    }  # fmt: skip
    assert found == {"wijkplatform/core/trail.py", "wijkplatform/core/aside.py"}


def test_a_deed_is_made_final_by_the_answer_to_a_post_and_by_the_command_line() -> None:
    found = {
        name_of(path) for path in files() for call in calls(path, "commit") if ast.unparse(call.func) == "trail.commit"
    }
    assert found == set(COMMITS)


def test_only_these_write_beside_a_deed() -> None:
    found = {name_of(path) for path in files() if any(True for _call in calls(path, "aside"))}
    assert found == set(ASIDE)


def test_only_the_command_line_takes_over_records() -> None:
    found = {name_of(path) for path in files() if any(True for _call in calls(path, "takeover"))}
    assert found == set(TAKEOVER)


def test_state_is_written_by_the_lifecycle_alone() -> None:
    for path in files():
        for node in ast.walk(tree(path)):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            for target in targets:
                for each in ast.walk(target) if target is not None else ():
                    if isinstance(each, ast.Attribute) and each.attr == "state" and isinstance(each.ctx, ast.Store):
                        assert name_of(path) == "wijkplatform/core/lifecycle.py", f"{name_of(path)}:{each.lineno}"
        for call in calls(path, "setattr"):
            assert "state" not in ast.unparse(call), f"{name_of(path)}:{call.lineno}"


def test_only_core_db_imports_the_extension() -> None:
    found = {name_of(path) for path in files() if any(n.startswith("flask_sqlalchemy") for n, _node in imports(path))}
    assert found == {"wijkplatform/core/db.py"}


def test_the_environment_is_read_in_one_place() -> None:
    found = {
        name_of(path) for path in files() for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb")
        and ast.unparse(node.value) == "os"
    }  # fmt: skip
    assert found <= ENVIRONMENT


def test_rules_and_services_know_no_request() -> None:
    """So that the command line, tests and exports obey the same rules."""
    for feature in FEATURES:
        for name in ("models", "policy", "queries", "lifecycle", "service", "exchange"):
            path = PACKAGE / feature / f"{name}.py"
            if path.exists():
                taken = {a.name for n, node in imports(path) if n == "flask" for a in node.names}  # type: ignore[attr-defined]
                assert taken <= {"current_app", "url_for"}, f"{name_of(path)} imports {taken} from flask"


def test_the_clock_is_asked_in_one_place() -> None:
    """Open, closed and overdue follow one clock; nothing else looks at the time."""
    for path in files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in (
                "now", "today", "utcnow"
            ) and ast.unparse(node.func.value) in ("datetime", "date", "datetime.datetime", "datetime.date"):  # fmt: skip
                assert name_of(path) == "wijkplatform/core/clock.py", f"{name_of(path)}:{node.lineno}"


# size


def test_files_stay_small() -> None:
    long = {name_of(path): count for path in files() if (count := len(path.read_text().splitlines())) > LONG_FILE}
    for name, count in sorted(long.items()):
        print(f"{name}: {count} lines, more than {LONG_FILE}")
    assert {name: count for name, count in long.items() if count > LONGEST_FILE} == {}


def test_functions_stay_small() -> None:
    long = {
        f"{name_of(path)}:{each.name}": length
        for path in files() for each in functions(path)
        if (length := (each.end_lineno or 0) - each.lineno + 1) > LONGEST_FUNCTION
    }  # fmt: skip
    assert set(long) - LONG_FUNCTIONS == set(), long


def test_views_only_load_shape_act_and_answer() -> None:
    for path in PACKAGE.rglob("views.py"):
        for each in functions(path):
            statements = sum(isinstance(node, ast.stmt) for node in ast.walk(each)) - 1
            assert statements <= LONGEST_VIEW, f"{name_of(path)}:{each.name} has {statements} statements"
            for banned in ("select", "commit", "begin_writing", "demand", "record"):
                assert not any(True for one in calls_in(each, banned)), f"{name_of(path)}:{each.name} calls {banned}"


def calls_in(function: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and (getattr(node.func, "attr", None) or getattr(node.func, "id", None)) == name:
            yield node


def test_every_module_opens_with_a_sentence() -> None:
    for path in files():
        text = path.read_text().strip()
        assert not text or (ast.get_docstring(tree(path)) or "").strip(), name_of(path)


# templates


def templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


@cache
def parsed(path: Path) -> nodes.Template:
    return Environment(autoescape=True, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True).parse(
        path.read_text(encoding="utf-8")
    )


def declared_parts() -> dict[str, set[str]]:
    """The parts that views declare for each template: `page("x.html", parts=(…))`."""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("views.py"):
        for call in calls(path, "page"):
            named = next((word.value for word in call.keywords if word.arg == "parts"), None)
            if named is not None and call.args and isinstance(call.args[0], ast.Constant):
                found.setdefault(str(call.args[0].value), set()).update(ast.literal_eval(named))
    return found


def test_each_declared_part_is_a_block_named_as_its_id_and_never_hidden() -> None:
    """A part inside an `if` or `for` could be asked for by name while the page hides it."""
    assert declared_parts()
    for name, parts in declared_parts().items():
        ast_ = parsed(TEMPLATES / name)
        blocks = {each.name: each for each in ast_.find_all(nodes.Block)}
        for part in parts:
            assert part in blocks, f"{name} has no block {part}"
            text = "".join(each.data for each in blocks[part].find_all(nodes.TemplateData))
            assert f'id="{part}"' in text, f"{name}: block {part} holds no element with that id"
        for wrapper in (*ast_.find_all(nodes.If), *ast_.find_all(nodes.For), *ast_.find_all(nodes.CallBlock)):
            hidden = {each.name for each in wrapper.find_all(nodes.Block)} & parts
            assert not hidden, f"{name}: {hidden} inside {type(wrapper).__name__.lower()}"


def test_page_templates_stay_small() -> None:
    for path in templates():
        longest = LONG_FILE if path.parent.name == "ui" else LONGEST_PAGE  # macros that pages share
        assert len(path.read_text().splitlines()) <= longest, name_of(path)


def test_nothing_is_declared_safe_in_a_template() -> None:
    for path in templates():
        for each in parsed(path).find_all(nodes.Filter):
            assert each.name not in ("safe", "tojson", "forceescape"), f"{name_of(path)}: |{each.name}"
        assert "autoescape" not in path.read_text(), name_of(path)


#: What stands in templates without being a sentence: names, signs, and the page of components that builders read.
NOT_WORDS = re.compile(r"^[\W\d_]*$|^(DOCTYPE|CBS|htmx)$")
OWN_WORDS = {"templates/onderdelen.html"}


@pytest.mark.parametrize("path", [pytest.param(path, id=name_of(path)) for path in templates()])
def test_what_people_read_goes_through_gettext(path: Path) -> None:
    """Text between tags, and the attributes that are read out, stand in `_()`."""
    if name_of(path) not in OWN_WORDS:
        assert bare_words(parsed(path)) == []


def bare_words(template: nodes.Template) -> list[str]:
    """Words that a template shows as they are: the HTML of it, with a sign where Jinja writes something."""
    text = "\x00".join(each.data for each in template.find_all(nodes.TemplateData))
    read_out = re.findall(r"\b(?:aria-label|alt|title|placeholder)=\"([^\"\x00]+)", text)
    shown = re.split(
        r"[\x00\n]", re.sub(r"<(?:\"[^\"]*\"|[^>\"])*(>|$)", "\n", re.sub(r"<!--.*?-->", "", text, flags=re.S))
    )
    return [each.strip() for each in (*read_out, *shown) if not NOT_WORDS.match(each.replace("&quot;", " ").strip())]


def test_bare_words_are_found() -> None:
    def found(source: str) -> list[str]:
        return bare_words(Environment(autoescape=True).parse(source))

    assert found('<p class="{{ x }}">Hallo {{ naam }}</p>') == ["Hallo"]
    assert found('<p{% if a %} class="b"{% endif %}>{{ _("Goed") }} · {{ x }}</p>') == []
    assert found('<a href="/x" aria-label="Terug">{{ x }}</a>') == ["Terug"]
    assert found('<a href="{{ u }}"{% if c %} aria-current="page"{% endif %}>{{ t }}</a>') == []


def test_every_template_is_used() -> None:
    code = "".join(path.read_text() for path in [*files(), *templates()])
    for path in templates():
        assert path.relative_to(TEMPLATES).as_posix() in code, f"nobody uses {name_of(path)}"


def test_templates_ask_nothing_of_the_database() -> None:
    """A template shapes what the view gave; it calls no query, service or session."""
    for path in templates():
        assert not re.search(r"\b(db\.session|queries\.|service\.)", path.read_text()), name_of(path)
