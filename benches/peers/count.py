"""Compares `jaarverslag count` with DuckDB and polars: the same counts of the same registrations, on two threads each.

Every cell of every peer is compared with ours before a single number is printed.
Needs: pip install duckdb polars pyyaml
"""

import argparse
import csv
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EDITION = "2024-2025"
THREADS = 2
FILES = "**/*.parquet"

# As FUNCTIONS in src/data/terms.rs.
FUNCTIONS = {
    "vraaggestuurd": ["onthaal", "vraagverheldering", "diagnostiek", "advies", "begeleiding", "draaischijf"],
    "aanbodgestuurd": ["systematisch-contact", "vaccinatie", "profylaxe"],
}

# As SEGMENT_GROUPS in src/data/terms.rs.
SEGMENT_GROUPS = {
    "kleuter": ["gewoon-kleuter", "buitengewoon-kleuter"],
    "lager": ["gewoon-lager", "buitengewoon-lager"],
    "secundair": ["voltijds-secundair", "buitengewoon-secundair", "dbso"],
    "basis": ["gewoon-kleuter", "gewoon-lager"],
    "buitengewoon-basis": ["buitengewoon-kleuter", "buitengewoon-lager"],
    "buitengewoon": ["buitengewoon-kleuter", "buitengewoon-lager", "buitengewoon-secundair"],
}

# The breakdowns, beside the one by groups of segments.
CUTS = [[], ["net"], ["segment"], ["centrum"], ["net", "segment"], ["centrum", "segment"]]

DIMENSIONS = ["schooljaar", "indicator", "net", "centrum", "segment"]
MEASURES = ["leerlingen", "interventies"]


# What belongs to an indicator


def pairs_of_indicators():
    """(indicator, onderwerp, functie) for all that is counted. Years of validity play no part: `count` refuses a row
    that is outside them, so good data have none."""
    topics = list(topics_with_names(definitions("nomenclatuur")))
    for indicator, entry in definitions("indicatoren")["indicatoren"].items():
        wanted = set(entry.get("onderwerpen", []))
        functions = functions_of(entry)
        for topic, names in topics:
            if wanted & names:
                yield from ((indicator, topic, function) for function in functions)


def definitions(name):
    import yaml

    return yaml.safe_load((ROOT / "data" / EDITION / f"{name}.yaml").read_text(encoding="utf-8"))


def topics_with_names(nomenclature):
    """Each topic code, with the names by which an indicator may mean it."""
    for domain, categories in nomenclature["domeinen"].items():
        for category, topics in categories["categorieen"].items():
            for topic in topics["onderwerpen"]:
                code = f"{category}.{topic}"
                yield code, {"alle", domain, category, code}


def functions_of(entry):
    every = [function for functions in FUNCTIONS.values() for function in functions]
    named = entry.get("functies") or every
    return [function for name in named for function in FUNCTIONS.get(name, [name])]


# Peers: each gets a folder and gives (seconds, rows, write), of which the last writes its cells to a CSV file


def duckdb_naive(folder):
    """As one would write it first: a row for each indicator it counts for, and distinct pupils of every group."""
    connection = duckdb_connection(folder, pairs_of_indicators())
    result = f"""
        CREATE TABLE uit AS
        WITH rij AS (
            SELECT schooljaar, indicator, net, centrum, segment, leerling
            FROM registraties JOIN paar USING (onderwerp, functie)
        )
        SELECT schooljaar, indicator, net, centrum, segment,
            count(DISTINCT leerling) AS leerlingen, count(*) AS interventies
        FROM rij GROUP BY {grouping_sets("schooljaar, indicator")}
        UNION ALL
        SELECT schooljaar, indicator, NULL, NULL, groep, count(DISTINCT leerling), count(*)
        FROM rij JOIN groep USING (segment) GROUP BY schooljaar, indicator, groep
    """
    return duckdb_run(connection, [result])


def duckdb_masks(folder):
    """The fastest that was found: the indicators of a pupil as bits, so that a row stays one row and no set of pupils
    is kept for each group. Most pupils are in one place only; they are added up like rows, and only the others are
    joined anew for every breakdown."""
    pairs = list(pairs_of_indicators())
    indicators = sorted({indicator for indicator, _, _ in pairs})
    bits = {indicator: 1 << at for at, indicator in enumerate(indicators)}
    integer = "UBIGINT" if len(indicators) <= 64 else "UHUGEINT"
    masks = {}
    for indicator, topic, function in pairs:
        masks[topic, function] = masks.get((topic, function), 0) | bits[indicator]
    connection = duckdb_connection(folder, pairs)
    fill(connection, "indicatoren", f"indicator VARCHAR, bit {integer}", bits.items())
    kinds = [(topic, function, mask) for (topic, function), mask in masks.items()]
    fill(connection, "soort", f"onderwerp VARCHAR, functie VARCHAR, masker {integer}", kinds)
    return duckdb_run(connection, statements_of_masks())


def statements_of_masks():
    # Groups by words of a short list are quicker by number.
    words = ["schooljaar", "net", "centrum", "segment"]
    types = [f"CREATE TYPE t_{word} AS ENUM (SELECT DISTINCT {word} FROM registraties)" for word in words]
    place = ", ".join(f"{word}::t_{word} AS {word}" for word in words)
    return types + [
        # A pupil in a place.
        f"""CREATE TEMP TABLE gezien AS
            SELECT {place}, leerling, bit_or(masker) AS masker
            FROM registraties JOIN soort USING (onderwerp, functie) GROUP BY ALL""",
        # A pupil, with its place where there is one only.
        """CREATE TEMP TABLE pupil AS
            SELECT schooljaar, leerling, count(*) AS plaatsen, any_value(net) AS net, any_value(centrum) AS centrum,
                any_value(segment) AS segment, any_value(masker) AS masker
            FROM gezien GROUP BY schooljaar, leerling""",
        """CREATE TEMP TABLE in_een AS
            SELECT schooljaar, net, centrum, segment, masker, count(*) AS leerlingen
            FROM pupil WHERE plaatsen = 1 GROUP BY ALL""",
        f"""CREATE TEMP TABLE in_meer AS
            WITH meer AS (
                SELECT * FROM gezien SEMI JOIN (FROM pupil WHERE plaatsen > 1) USING (schooljaar, leerling)
            ), deel AS (
                SELECT schooljaar, net, centrum, segment::VARCHAR AS segment, bit_or(masker) AS masker
                FROM meer GROUP BY {grouping_sets("schooljaar, leerling")}
                UNION ALL
                SELECT schooljaar, NULL, NULL, groep, bit_or(masker)
                FROM meer JOIN groep USING (segment) GROUP BY schooljaar, leerling, groep
            )
            SELECT *, count(*) AS leerlingen FROM deel GROUP BY ALL""",
        """CREATE TEMP TABLE lid AS
            SELECT masker, indicator FROM (SELECT masker FROM in_een UNION SELECT masker FROM in_meer)
            JOIN indicatoren ON masker & bit <> 0""",
        f"""CREATE TEMP TABLE handeling AS
            SELECT {place}, onderwerp, functie, count(*) AS interventies FROM registraties GROUP BY ALL""",
        f"""CREATE TABLE uit AS
            WITH fijn AS (
                SELECT schooljaar, indicator, net, centrum, segment, sum(leerlingen) AS leerlingen, 0 AS interventies
                FROM in_een JOIN lid USING (masker) GROUP BY ALL
                UNION ALL
                SELECT schooljaar, indicator, net, centrum, segment, 0, sum(interventies)
                FROM handeling JOIN paar USING (onderwerp, functie) GROUP BY ALL
            ), deel AS (
                SELECT schooljaar, indicator, net, centrum, segment::VARCHAR AS segment,
                    sum(leerlingen) AS leerlingen, sum(interventies) AS interventies
                FROM fijn GROUP BY {grouping_sets("schooljaar, indicator")}
                UNION ALL
                SELECT schooljaar, indicator, NULL, NULL, groep, sum(leerlingen), sum(interventies)
                FROM fijn JOIN groep USING (segment) GROUP BY schooljaar, indicator, groep
                UNION ALL
                SELECT schooljaar, indicator, net, centrum, segment, sum(leerlingen), 0
                FROM in_meer JOIN lid USING (masker) GROUP BY ALL
            )
            SELECT schooljaar, indicator, net, centrum, segment,
                sum(leerlingen)::BIGINT AS leerlingen, sum(interventies)::BIGINT AS interventies
            FROM deel GROUP BY ALL""",
    ]


def grouping_sets(always):
    return f"GROUPING SETS ({', '.join('(' + ', '.join([always, *cut]) + ')' for cut in CUTS)})"


def duckdb_connection(folder, pairs):
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"SET threads = {THREADS}")
    # Cells have no order; without one DuckDB is quicker.
    connection.execute("SET preserve_insertion_order = false")
    files = str(folder / FILES).replace("'", "''")
    connection.execute(f"CREATE VIEW registraties AS FROM read_parquet('{files}', hive_partitioning = true)")
    fill(connection, "paar", "indicator VARCHAR, onderwerp VARCHAR, functie VARCHAR", pairs)
    fill(connection, "groep", "groep VARCHAR, segment VARCHAR", segments_of_groups())
    return connection


def fill(connection, table, columns, rows):
    rows = [list(row) for row in rows]
    connection.execute(f"CREATE TABLE {table} ({columns})")
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def duckdb_run(connection, statements):
    began = time.perf_counter()
    for statement in statements:
        connection.execute(statement)
    seconds = time.perf_counter() - began
    [[rows]] = connection.execute("SELECT count(*) FROM registraties").fetchall()
    columns = ", ".join([f"coalesce({name}::VARCHAR, 'alle') AS {name}" for name in DIMENSIONS] + MEASURES)
    return seconds, rows, lambda path: connection.table("uit").project(columns).write_csv(str(path))


def polars_lazy(folder):
    """As one would write it first: a group_by for every breakdown over one joined frame, all collected together."""
    import polars as pl

    pairs = pl.LazyFrame(list(pairs_of_indicators()), schema=["indicator", "onderwerp", "functie"], orient="row")
    groups = pl.LazyFrame(list(segments_of_groups()), schema=["groep", "segment"], orient="row")
    registrations = pl.scan_parquet(folder / FILES, hive_partitioning=True)
    began = time.perf_counter()
    rows = registrations.join(pairs, on=["onderwerp", "functie"])
    grouped = rows.join(groups, on="segment").drop("segment").rename({"groep": "segment"})
    measures = [pl.col("leerling").n_unique().alias("leerlingen"), pl.len().alias("interventies")]
    plans = [(rows, cut) for cut in CUTS] + [(grouped, ["segment"])]
    plans = [frame.group_by("schooljaar", "indicator", *cut).agg(measures) for frame, cut in plans]
    cells = pl.collect_all(plans, engine="streaming")
    seconds = time.perf_counter() - began
    count = registrations.select(pl.len()).collect().item()
    table = pl.concat(cells, how="diagonal").with_columns(pl.col("net", "centrum", "segment").fill_null("alle"))
    return seconds, count, table.select(DIMENSIONS + MEASURES).write_csv


def segments_of_groups():
    return [(group, segment) for group, segments in SEGMENT_GROUPS.items() for segment in segments]


# Each peer, with the package whose version is printed.
PEERS = {
    "duckdb": (duckdb_masks, "duckdb"),
    "duckdb-naive": (duckdb_naive, "duckdb"),
    "polars": (polars_lazy, "polars"),
}


def be_peer(name, folder, output):
    """What the process of a peer does."""
    from importlib.metadata import version

    count, package = PEERS[name]
    seconds, rows, write = count(folder)
    write(output)
    print(json.dumps({"seconds": seconds, "rows": rows, "version": version(package)}))


# Measuring


class Measured:
    """The runs of one program."""

    def __init__(self):
        self.seconds = []
        self.peak = 0
        self.version = ""

    def add(self, seconds, peak):
        self.seconds.append(seconds)
        self.peak = max(self.peak, peak)


def run(command, scratch):
    """Runs a process; gives its seconds, peak memory in MB and output. This process stays small until all have run: on
    Linux the peak of a child is never less than that of the process that started it."""
    threads = str(THREADS)
    environment = os.environ | {"RAYON_NUM_THREADS": threads, "POLARS_MAX_THREADS": threads}
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=scratch, env=environment, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: stopped with status {process.returncode}")
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return seconds, usage.ru_maxrss / unit, output


def run_ours(arguments, scratch):
    command = [arguments.binary, "--project", ROOT, "count", arguments.folder, "--edition", EDITION]
    return run([*command, "--internal", "--quiet", "--output", scratch / "ours.csv"], scratch)


def run_peer(name, arguments, scratch):
    command = [sys.executable, Path(__file__).resolve(), arguments.folder, "--as-peer", name, scratch / f"{name}.csv"]
    _, peak, output = run(command, scratch)
    return peak, json.loads(output)


def measure(arguments, scratch):
    """All runs, ours and a peer's in turn, so that whatever else the machine does falls on both."""
    ours = Measured()
    ours.version = run([arguments.binary, "--version"], scratch)[2].split()[-1]
    peers = {name: Measured() for name in arguments.peers}
    # One run that does not count: afterwards the files are in memory, for everyone.
    run_ours(arguments, scratch)
    rows = 0
    for _ in range(arguments.runs):
        for name, peer in peers.items():
            seconds, peak, _ = run_ours(arguments, scratch)
            ours.add(seconds, peak)
            peak, told = run_peer(name, arguments, scratch)
            peer.add(told["seconds"], peak)
            peer.version, rows = told["version"], told["rows"]
    return ours, peers, rows


# Comparing


def our_cells(path):
    """(pupils, rows) of each cell, also of those that are zero."""
    cells = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["periode"], row["indicator"], row["net"], row["centrum"], row["segment"])
            cells.setdefault(key, [0, 0])[MEASURES.index(row["maat"])] = int(row["waarde"])
    return {key: tuple(counts) for key, counts in cells.items()}


def peer_cells(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {tuple(row[name] for name in DIMENSIONS): tuple(int(row[name]) for name in MEASURES) for row in rows}


def differences(ours, theirs):
    """A cell that one side lacks is zero there."""
    for key in sorted(ours.keys() | theirs.keys()):
        mine, other = ours.get(key, (0, 0)), theirs.get(key, (0, 0))
        if mine != other:
            yield f"  {' '.join(key)}: ours {mine}, theirs {other}"


def compare(peers, scratch):
    """All our cells; ends the program where a peer has others."""
    ours = our_cells(scratch / "ours.csv")
    for name in peers:
        found = list(differences(ours, peer_cells(scratch / f"{name}.csv")))
        if found:
            sys.exit("\n".join([f"{name}: {len(found)} cells differ (pupils, rows):", *found[:10]]))
    return ours


# The command


def show(ours, peers, rows, cells):
    filled = sum(counts != (0, 0) for counts in cells.values())
    print(f"{rows:,} rows; {len(cells):,} cells, {filled:,} of them above zero; all equal")
    print(f"{THREADS} threads each; Python {platform.python_version()}, {platform.system()} {platform.machine()}\n")
    print(f"{'':28}{'runs':>5}{'median s':>10}{'min s':>8}{'max s':>8}{'peak MB':>9}{'× ours':>8}")
    show_line(f"jaarverslag {ours.version}", ours, ours)
    for name, peer in peers.items():
        show_line(f"{name} {peer.version}", peer, ours)
    print("\nOurs: the whole process, with every check and the CSV.")
    print("Peers: the query alone, from the files to the result in memory; the peak is that of their process.")


def show_line(title, measured, ours):
    seconds = measured.seconds
    median = statistics.median(seconds)
    ratio = median / statistics.median(ours.seconds)
    numbers = f"{median:>10.2f}{min(seconds):>8.2f}{max(seconds):>8.2f}{measured.peak:>9,.0f}{ratio:>8.1f}"
    print(f"{title:28}{len(seconds):>5}{numbers}")


def names_of_peers(text):
    names = text.split(",")
    unknown = [name for name in names if name not in PEERS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no such peer: {', '.join(unknown)}; there are {', '.join(PEERS)}")
    return names


def at_least_one(text):
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def parse():
    parser = argparse.ArgumentParser(description="Compares `jaarverslag count` with DuckDB and polars.")
    parser.add_argument("folder", type=Path, help="registrations: folders schooljaar=… with Parquet files")
    binary = ROOT / "target" / "release" / "jaarverslag"
    parser.add_argument("--binary", type=Path, default=binary, help="a release build of the program")
    parser.add_argument("--runs", type=at_least_one, default=3, help="runs of each peer, each after one of ours (3)")
    parser.add_argument("--peers", type=names_of_peers, default=list(PEERS), help=f"some of {','.join(PEERS)}")
    parser.add_argument("--as-peer", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    arguments.folder, arguments.binary = arguments.folder.resolve(), arguments.binary.resolve()
    if next(arguments.folder.glob(FILES), None) is None:
        parser.error(f"{arguments.folder}: no Parquet files")
    if not arguments.as_peer and not arguments.binary.is_file():
        parser.error(f"{arguments.binary}: no such program; `cargo build --release` makes it, --binary names another")
    return arguments


def main():
    arguments = parse()
    if arguments.as_peer:
        name, output = arguments.as_peer
        be_peer(name, arguments.folder, output)
        return
    with tempfile.TemporaryDirectory() as scratch:
        ours, peers, rows = measure(arguments, Path(scratch))
        cells = compare(peers, Path(scratch))
    show(ours, peers, rows, cells)


if __name__ == "__main__":
    main()
