import time

from pygeoapi.process.base import BaseProcessor, ProcessorExecuteError

METADATA = {
    "version": "1.0.0",
    "id": "sleep",
    "title": "Sleep",
    "description": "Takes as long as it is told, and answers with what it was sent.",
    "jobControlOptions": ["sync-execute", "async-execute"],
    "keywords": [],
    "links": [],
    "inputs": {
        "seconds": {"title": "seconds", "schema": {"type": "number"}, "minOccurs": 1, "maxOccurs": 1},
        "order": {"title": "order", "schema": {"type": "string"}, "minOccurs": 0, "maxOccurs": 1},
        "fail": {"title": "fail", "schema": {"type": "boolean"}, "minOccurs": 0, "maxOccurs": 1},
    },
    "outputs": {"order": {"title": "order", "schema": {"type": "object", "contentMediaType": "application/json"}}},
}


class Sleep(BaseProcessor):
    def __init__(self, definition):
        super().__init__(definition, METADATA)

    def execute(self, data, outputs=None):
        time.sleep(data["seconds"])
        if data.get("fail"):
            raise ProcessorExecuteError("told to fail")
        return "application/json", {"order": data.get("order")}
