"""Which deployments may be asked, and why the others may not."""

from jupyter_wove.ai.models import Deployment, Need, Route


def objection(deployment: Deployment, route: Route, need: Need) -> str:
    """Say why a deployment may not be asked; nothing where it may."""
    if route.is_private and not deployment.is_local:
        return "it is not local, which this route demands"
    if deployment.embeds and not need.embeds:
        return "it embeds texts, and answers none"
    if missing := need.features - deployment.features:
        return f"it has no {', '.join(sorted(missing))}"
    output = need.output or 0
    if output > deployment.most_output:
        return f"it writes {deployment.most_output:,} tokens at most"
    if need.tokens + output > deployment.window:
        return f"it takes {deployment.window:,} tokens at most"
    return ""
