import asyncio

import scrapy


class Sleeper(scrapy.Spider):
    """Fetches nothing, and takes `seconds`."""

    name = "sleeper"

    async def start(self):
        await asyncio.sleep(float(getattr(self, "seconds", 0)))
        return
        yield  # makes it a generator, of no requests
