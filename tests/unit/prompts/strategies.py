"""Prompts of every kind, for tests of what holds for all of them."""

from hypothesis import strategies as st

from jupyter_wove.prompts.format import InputType, Kind, prompt_of

letters = st.characters(exclude_categories=["Cs", "Cc"])
texts = st.text(letters | st.sampled_from("\n\t{}$:#-\"'\\|>&*!%@` "), max_size=60)
names = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True)
slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
words = st.lists(st.from_regex(r"[a-z]{1,10}", fullmatch=True), max_size=3)
numbers = st.integers(-(10**14), 10**14) | st.floats(
    allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14
)
scalars = st.none() | st.booleans() | numbers | texts
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
KNOWN = {"name", "title", "description", "kind", "inputs", "route", "model", "tools", "output"}
KNOWN |= {"examples", "tests", "license", "forked_from", "use_cases", "tags", "stack"}

plain_inputs = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from([each for each in InputType.__args__ if each != "enum"]),
        "description": texts,
        "default": scalars,
        "required": st.booleans(),
        "placeholder": texts,
        "unknown": values,
    },
)
enums = st.fixed_dictionaries({"type": st.just("enum"), "options": st.just(["a", "b"])})
pieces = st.one_of(
    texts.filter(lambda text: "{{" not in text),
    names.map(lambda name: "{{" + name + "}}"),
    names.map(lambda name: "{{" + name + ".error}}"),
    names.map(lambda name: "{{" + name + " | schema}}"),
    names.map(lambda name: "{{#" + name + "}}x{{/" + name + "}}"),
    st.sampled_from(['{{"{{"}}', "<!-- system -->\n", "\n<!-- user -->\n", "${input:x}", "{x}"]),
)
bodies = st.lists(pieces, max_size=6).map("".join)
settings = st.builds(
    lambda known, more: known | more,
    st.fixed_dictionaries(
        {"name": slugs},
        optional={
            "title": texts,
            "description": texts,
            "kind": st.sampled_from(Kind.__args__),
            "inputs": st.dictionaries(names, plain_inputs | enums, max_size=3),
            "route": texts,
            "model": texts | st.lists(texts, max_size=2),
            "tools": st.lists(texts, max_size=3),
            "output": st.fixed_dictionaries(
                {}, optional={"type": st.sampled_from(["text", "json"]), "more": values}
            ),
            "tests": st.lists(st.dictionaries(names, values, max_size=2), max_size=2),
            "license": texts,
            "tags": words,
            "use_cases": words,
            "stack": words,
        },
    ),
    st.dictionaries(texts.filter(lambda key: key not in KNOWN), values, max_size=3),
)
prompts = st.builds(prompt_of, settings, bodies)
