"""What a page holds: its elements, links and text."""

from html.parser import HTMLParser


class Html(HTMLParser):
    """A page that was answered, taken apart."""

    def __init__(self, response):
        super().__init__()
        self.tags, self.links, self.text = [], [], ""
        self.feed(response.body.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "action"}]

    def handle_data(self, data):
        self.text += data
