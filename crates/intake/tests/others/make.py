"""Made warcio.warc.gz with warcio 1.8.1; ferry.wacz is `wacz create -o ferry.wacz warcio.warc.gz` of wacz 0.6.0; made
ferry.parquet with pyarrow 26."""
import datetime, gzip, io
import pyarrow as pa, pyarrow.parquet as pq
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

OUT = __file__.rsplit("/", 1)[0] + "/"
HTML = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ferry to Orrin runs again</title></head>
<body><article><h1>Ferry to Orrin runs again</h1><p>The ferry across Lake Orrin runs again after eleven days, the harbour
master Ilse Brandtner said on Thursday. Two hundred people waited at the pier.</p></article></body></html>"""

def chunked(*parts):
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in [*parts, b""])

def write(path, pages):
    with open(path, "wb") as out:
        writer = WARCWriter(out, gzip=True, warc_version="1.1")
        out_info = writer.create_warcinfo_record("ferry.warc.gz", {"software": "warcio", "format": "WARC File Format 1.1"})
        writer.write_record(out_info)
        for url, status, headers, body in pages:
            http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
            request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "heron.example")], is_http_request=True)
            response = writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict={"WARC-Date": "2024-07-19T08:30:00Z"})
            asked = writer.create_warc_record(url, "request", http_headers=request, warc_headers_dict={"WARC-Date": "2024-07-19T08:30:00Z"})
            writer.write_request_response_pair(asked, response)
        revisit = writer.create_revisit_record(pages[0][0], digest="sha1:B6QJ6BNJ3R4B23XXMRKZKHLPGJY2VE4O", refers_to_uri=pages[0][0], refers_to_date="2024-07-19T08:30:00Z")
        writer.write_record(revisit)

html = ("Content-Type", "text/html; charset=utf-8")
write(OUT + "warcio.warc.gz", [
    ("https://heron.example/ferry", "200 OK", [html, ("Content-Encoding", "gzip")], gzip.compress(HTML.encode(), mtime=0)),
    ("https://heron.example/old-ferry", "301 Moved Permanently", [html, ("Location", "/ferry")], b""),
    ("https://heron.example/ferry.jpg", "200 OK", [("Content-Type", "image/jpeg")], b"\xff\xd8\xff\xe0 no real picture"),
    ("https://heron.example/pier", "200 OK", [html, ("Transfer-Encoding", "chunked")], chunked(b"<!DOCTYPE html><title>Pier</title><p>The pier", b" opened on Friday.")),
])

pq.write_table(pa.table({
    "url": ["https://heron.example/ferry", "https://heron.example/pier", "https://heron.example/ferry", None, "https://heron.example/none"],
    "maintext": ["The ferry to Orrin did not sail on Friday, the harbour master said.", "The pier at Orrin is closed until Monday.", "Again.", "Nobody's page.", None],
    "raw_html": [None, None, None, None, "<p>The caf\u00e9 at the pier is open.</p>".encode()],
    "date_publish": pa.array([datetime.datetime(2024, 7, 19, 8, 30), datetime.datetime(2024, 7, 20), None, None, None], pa.timestamp("us")),
    "authors": [["Ada Fenn", "Ivo Marsh"], [], None, None, None],
    "shares": [3, None, 1, 0, 2],
}), OUT + "ferry.parquet", compression="zstd", row_group_size=2)
