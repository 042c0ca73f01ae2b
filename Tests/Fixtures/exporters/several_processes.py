"""What services that run in several processes have in common: their flags, the folder that the processes share, and where figures come from.

prometheus_client looks at the environment when it is imported: nothing here imports it before `share_folder` has been called.
"""

import os
import shutil
import tempfile


def more_options(add):
    add("--processes", type=int, default=4, metavar="N", help="(default: 4)")
    add("--multiproc", action="store_true", help="figures of all processes, instead of each its own")
    add("--bare", action="store_true", help="figures of orders and requests alone: none of the process, no _created")


def share_folder(options, name):
    """A new folder for the orders and, with `--multiproc`, for the figures of all processes that this one starts; None where it starts none,
    and has its figures itself."""
    if options.processes == 1 and not options.multiproc:
        return None
    folder = tempfile.mkdtemp(prefix=f"{name}-")
    if options.multiproc:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    return folder


def remove(folder):
    if folder:
        shutil.rmtree(folder, ignore_errors=True)


def registry(options):
    """What `/metrics` tells. To be called before any figure is made."""
    from prometheus_client import GC_COLLECTOR, PLATFORM_COLLECTOR, PROCESS_COLLECTOR, REGISTRY, CollectorRegistry, disable_created_metrics
    from prometheus_client.multiprocess import MultiProcessCollector

    if options.bare:
        disable_created_metrics()
        for collector in (GC_COLLECTOR, PLATFORM_COLLECTOR, PROCESS_COLLECTOR):
            REGISTRY.unregister(collector)
    if not options.multiproc:
        return REGISTRY
    all_processes = CollectorRegistry()
    MultiProcessCollector(all_processes)
    return all_processes


def books(options, folder):
    """The orders that this process takes, of which every other one can tell."""
    from books import Books, Memory, OrderMetrics, SharedFile

    return Books(options, OrderMetrics(), SharedFile(folder) if folder else Memory())
