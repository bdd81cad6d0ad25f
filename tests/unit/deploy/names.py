"""A server of DNS on this machine, which knows what a test says."""

import socketserver
import threading
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


class Answering(socketserver.BaseRequestHandler):
    """Answers one question."""

    def handle(self):
        words, socket = self.request
        question = dns.message.from_wire(words)
        self.server.asked.append(question.question[0].name.to_text())
        socket.sendto(self.server.answer(question).to_wire(), self.client_address)


class Names(socketserver.ThreadingUDPServer):
    """Knows records TXT: `texts` by name, each with its texts; `asked` are the names asked for."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answering)
        self.texts = {}
        self.leads = {}  # names that are other names of others
        self.asked = []

    @property
    def place(self):
        """Say where it is, as `c.Wove.app_resolvers` takes it."""
        host, port = self.server_address
        return f"{host}:{port}"

    def answer(self, question):
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        name = question.question[0].name.to_text()
        if name in self.leads:
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "CNAME", self.leads[name]))
            name = self.leads[name]
        if name not in self.texts:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        for text in self.texts.get(name, ()):
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", text))
        return answer


@contextmanager
def naming():
    """Run such a server."""
    with Names() as names:
        thread = threading.Thread(target=names.serve_forever, daemon=True)
        thread.start()
        yield names
        names.shutdown()
