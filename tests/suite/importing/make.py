"""Makes the workbooks of the tests. Run in this folder: python3 make.py (needs openpyxl)."""

import datetime
import io
import re
import zipfile

from openpyxl import Workbook
from openpyxl.chart import BarChart

HEADER = ["indicator", "maat", "periode", "net", "centrum", "segment", "type", "categorie", "waarde", "ondergrens", "bovengrens", "status", "geheim", "bron", "noot"]


def row(**fields):
    base = dict(indicator="bednet", maat="leerlingen", periode="2024-2025", net="alle", centrum="alle", segment="alle", type="alle", categorie="alle", waarde=1200, bron="hbvl_2023")
    return [{**base, **fields}.get(name) for name in HEADER]


def save(book, name):
    # Without the clock, so that making them again changes nothing.
    book.properties.created = book.properties.modified = datetime.datetime(2025, 1, 1)
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            data = re.sub(rb"<dcterms:modified[^>]*>[^<]*", b'<dcterms:modified xsi:type="dcterms:W3CDTF">2025-01-01T00:00:00Z', source.read(item))
            target.writestr(zipfile.ZipInfo(item.filename), data, zipfile.ZIP_DEFLATED)


def tidy():
    """A title, a blank row, the columns in another order with other names, numbers as numbers, one hidden trap: a blank row."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Cijfers 2025"
    sheet.append(["Cijfers van het kantoor"])
    sheet.append([])
    sheet.append(["Indicator ", "MAAT", "Schooljaar", "Aantal", "Categorie", "type", "Bron", "Opmerking", "Kladblok"])
    sheet.append(["clbchat_leeftijd", "Jaar", "24-25", 14.75, "Alle", "BA", "jaarverslag_clb_2024_2025", None])
    sheet.append(["bednet", "leerlingen", 2024, 30229.0, "alle", 9, "hbvl_2023", "Met een komma, ja."])
    sheet.append([])
    sheet.append(["clbchat_themas", "thema’s", "2024/2025", 0.1 + 0.2, "alle", "alle", " hbvl_2023", None])
    sheet.append(["bednet", "leerlingen", "2023-2024", "1.234,5", "alle", "alle", "hbvl_2023", None])
    book.create_sheet("Uitleg").append(["Hier staat geen tabel"])
    save(book, "tidy.xlsx")


def faulty():
    book = Workbook()
    sheet = book.active
    sheet.title = "Blad1"
    sheet.append(HEADER)
    sheet.append(row(periode=datetime.date(2024, 9, 1)))
    sheet.append(row(waarde=0.0244))
    sheet["I3"].number_format = "0.00%"
    sheet.append(row(waarde="=1+1"))
    sheet.append(row(waarde="#N/A"))
    sheet.append(row(waarde=True))
    sheet.append(row(status="voorlopig"))
    sheet.append(row())
    sheet.merge_cells("L7:L8")
    sheet.append(row(indicator=None))
    sheet.append(row(net=None, waarde=1 / 3))
    sheet.append(row(noot="twee\nregels", periode=45536))
    save(book, "faulty.xlsx")


def several():
    book = Workbook()
    book.active.title = "2024"
    for sheet in (book.active, book.create_sheet("Blad 2")):
        sheet.append(HEADER)
        sheet.append(row(maat=sheet.title))
    chart = book.create_chartsheet("Grafiek")
    chart.add_chart(BarChart())
    save(book, "several.xlsx")


def far():
    """A forgotten word in the far corner."""
    book = Workbook()
    sheet = book.active
    sheet.append(HEADER)
    sheet.append(row())
    sheet["XFD1048576"] = "vergeten"
    save(book, "far.xlsx")


def overflow():
    """A row beyond all numbers, which makes calamine 0.38 panic in a debug build."""
    with zipfile.ZipFile("far.xlsx") as source, zipfile.ZipFile("overflow.xlsx", "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            data = source.read(item).replace(b"XFD1048576", b"XFD99999999999")
            target.writestr(zipfile.ZipInfo(item.filename), data, zipfile.ZIP_DEFLATED)


tidy(), faulty(), several(), far(), overflow()
