"""What requests about prompts are about."""

from tests.http.authorization.walk import PROMPT


def with_prompt(server):
    """Add a prompt, and begin what people can begin on one."""
    prompt = server.api("POST", "prompts", {"file": PROMPT}).json
    path = f"prompts/{prompt['id']}"
    comment = server.api("POST", f"{path}/comments", {"text": "Nice"}).json
    change = {"file": PROMPT + "More.", "base": "1.0.0"}
    return {
        "prompt_id": prompt["id"],
        "name": prompt["name"],
        "which": "latest",
        "label": "production",
        "task": "fix",
        "experiment_id": _experiment(server, path),
        "comment_id": comment["id"],
        "change_id": server.api("POST", f"{path}/changes", change).json["request"]["id"],
    }


def _experiment(server, path):
    body = {"file": PROMPT + "Briefly.\n", "number": "1.1.0"}
    server.api("POST", f"{path}/versions", body)
    variants = [{"version": "1.0.0"}, {"version": "1.1.0"}]
    body = {"variants": variants, "label": "course"}
    return server.api("POST", f"{path}/experiments", body).json["id"]
