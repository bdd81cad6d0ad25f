"""What Caddy is told so that it speaks TLS for apps, with certificates for those names alone."""

CADDYFILE = """\
{{
	on_demand_tls {{
		ask http://{upstream}/_wove/ask
	}}
}}

# Names that are not proven yet are shown to be somebody's before there is a certificate.
http:// {{
	handle /.well-known/wove-domain/* {{
		reverse_proxy {upstream}
	}}
	handle {{
		redir https://{{host}}{{uri}} 308
	}}
}}

https:// {{
	tls {{
		on_demand
	}}
	reverse_proxy {upstream} {{
		flush_interval -1
	}}
}}
"""


def caddyfile(address: str, port: int) -> str:
    """Write the configuration for a Caddy on this machine before the proxy at this port."""
    host = f"[{address}]" if ":" in address else address
    return CADDYFILE.format(upstream=f"{host}:{port}")
