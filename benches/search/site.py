#!/usr/bin/env python3
"""The corpus of the harness that benches/search.sh is given, as a site of casebook: site.py HARNESS N DIR"""
import csv, json, os, re, sys

harness, count, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
sys.path.insert(0, harness)
import gen_corpus as corpus

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.join(here, "..", "..")
HEADINGS = ["The problem", "What we did", "What happened", "What we learned", "How to adopt it", "What it needs"]
CASE = """title: {title}
summary: {summary}
updated: 2026-11-01
councils: [{council}]
started: {started}
status: running
scope: community
topics: {topics}
exploitation: [labour]
commitments: {commitments}
population: children
audience: [housing]
evidence: untested
outcome: too-early
cost: unknown
sources:
  - id: page
    title: A page
    url: https://www.example.org/flag
    publisher: Example
    date: 2019-02
    kind: council-page
vignette: none
contact_role: Lead
licence: link-only
reviewed_on: 2026-11-01"""


def write(path, front, body=""):
    path = os.path.join(out, "content", path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"---\n{front}\n---\n\n{body}")


os.makedirs(out, exist_ok=True)
with open(os.path.join(root, "site.toml"), encoding="utf-8") as settings, open(os.path.join(out, "site.toml"), "w") as copy:
    copy.write(settings.read())
councils, topics = {}, {}
for document in corpus.make(count, 1, "/usr/share/dict/british-english"):
    council = corpus.slugify(document["council"])
    councils[council] = document["council"]
    own = {corpus.slugify(theme): theme for theme in document["themes"][:4]}
    topics.update(own)
    body = re.sub(r"(?m)^#+ ", "### ", document["body"])
    body = re.sub(r"@@(.+?)@@", lambda match: f"{match[1]}.md", body)
    front = CASE.format(
        title=json.dumps(document["title"][:150]), summary=json.dumps(document["summary"][:200]), council=council,
        started=json.dumps(document["date"][:7]), topics=json.dumps(list(own)),
        commitments=json.dumps([corpus.COMMITMENTS.index(name) + 1 for name in document["commitments"]]),
    )
    # A case study has these headings.
    write(f"case-studies/{document['slug']}.md", front, "".join(f"## {name}\n\nWords.\n\n" for name in HEADINGS) + body)

with open(os.path.join(root, "src/model/register/councils.csv"), encoding="utf-8") as file:
    register = list(csv.DictReader(file))
used = set()
for council, name in councils.items():
    free = [row for row in register if row["gss"] not in used]
    row = next((row for row in free if row["name"] in name), None) or next(
        row for row in free if not any(row["name"] in other for other in councils.values())
    )
    used.add(row["gss"])
    write(f"councils/{council}.md", "\n".join([
        f"title: {json.dumps(row['name'])}", "summary: A council.", "updated: 2026-11-01", f"gss: {row['gss']}",
        f"kind: {row['kind']}", f"nation: {row['nation']}", f"region: {row['region']}", "charter:", "  status: none",
    ]))
for topic, name in topics.items():
    write(f"topics/{topic}.md", f"title: {json.dumps(name)}\nsummary: A topic.\nupdated: 2026-11-01", "A topic.\n")
