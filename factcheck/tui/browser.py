"""Drawing in a browser: Textual's driver for the web, which leaves when whoever shows it is gone."""

from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp


class BrowserDriver(WebDriver):
    """The driver of a reviewer that `factcheck serve` has started: packets on stdin and stdout."""

    def run_input_thread(self) -> None:
        """Read until there is nothing more to come: then the server has ended, by whatever way, and so does this."""
        super().run_input_thread()
        self._app.post_message(ExitApp())
