"""Count the tokens of texts: runs in an environment that has LiteLLM, which carries tokenizers.

Reads a JSON list of texts, and writes as JSON what each tokenizer counts of each.
"""

import json
import os
import sys
from pathlib import Path

import litellm

os.environ["TIKTOKEN_CACHE_DIR"] = folder = str(
    Path(litellm.__file__).parent / "litellm_core_utils/tokenizers"
)

import tiktoken
from tokenizers import Tokenizer

texts = json.load(sys.stdin)
old = Tokenizer.from_file(f"{folder}/anthropic_tokenizer.json")
counts = {"claude-2": [len(old.encode(text).ids) for text in texts]}
for name in ("cl100k_base", "o200k_base"):
    coding = tiktoken.get_encoding(name)
    counts[name] = [len(coding.encode(text, disallowed_special=())) for text in texts]
json.dump(counts, sys.stdout)
