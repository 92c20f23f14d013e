"""Rollbook beside a Python application: python3 rollbook.py launch|push|feed|webhook ..."""
import sys

# [client]
import base64, hashlib, hmac, json, os, time, uuid
from urllib.error import HTTPError
from urllib.request import Request, urlopen


def call(method, path, body=None, headers={}):
    request = Request(
        os.environ["ROLLBOOK_URL"] + "/api/v1" + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "Authorization": "Bearer " + os.environ["ROLLBOOK_API_KEY"],
            "Content-Type": "application/json",
            **headers,
        },
    )
    try:
        with urlopen(request, timeout=60) as response:
            return json.load(response)
    except HTTPError as error:
        problem = json.load(error)
        raise RuntimeError(f"{problem['code']}: {problem['detail']}") from error
# [end]


# [launch]
def report_launch(id_token):
    """In the launch handler, once it is checked: report_launch(request.form["id_token"])."""
    registration = os.environ["ROLLBOOK_REGISTRATION"]
    return call("POST", f"/registrations/{registration}/launches", {"idToken": id_token})
# [end]


# [push]
def push_scores(course_id, scores, key=None):
    """Under the same key a push is done once, however often it is sent."""
    return call(
        "POST",
        f"/courses/{course_id}/scores",
        {
            "lineItem": {"resourceId": "quiz-1", "label": "Quiz 1", "scoreMaximum": 10},
            "acceptance": "what-is-right",
            "scores": scores,
            "send": True,
        },
        {"Idempotency-Key": key or str(uuid.uuid4())},
    )
# [end]


# [feed]
def read_feed(cursor, keep, wait=30):
    """`keep` stores the changes and the cursor in one transaction."""
    while True:
        after = f"&after={cursor}" if cursor else ""
        page = call("GET", f"/changes?wait={wait}{after}")
        keep(page["items"], page["nextCursor"])
        cursor = page["nextCursor"]
        if not page["hasMore"] and not page["items"]:
            return cursor
# [end]


# [webhook]
def read_webhook(raw_body, headers):
    """The change that was posted, from the raw body; raises where it is not Rollbook's."""
    at, delivery = headers["webhook-timestamp"], headers["webhook-id"]
    if abs(time.time() - int(at)) > 300:
        raise ValueError("too old")
    secret = base64.b64decode(os.environ["ROLLBOOK_WEBHOOK_SECRET"].removeprefix("whsec_"))
    signed = f"{delivery}.{at}.".encode() + raw_body
    expected = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    given = [each.partition(",")[2] for each in headers["webhook-signature"].split(" ")]
    if not any(hmac.compare_digest(each, expected) for each in given):
        raise ValueError("wrong signature")
    return json.loads(raw_body)
# [end]


what, given = sys.argv[1], sys.argv[2:]
if what == "launch":
    print(report_launch(given[0])["course"]["id"])
if what == "push":
    print(push_scores(given[0], json.loads(given[1]), given[2])["accepted"])
if what == "feed":
    read_feed(given[0], lambda items, cursor: [print(each["type"]) for each in items], 0)
if what == "webhook":
    posted = json.loads(given[0])
    try:
        print(read_webhook(posted["rawBody"].encode(), posted["headers"])["type"])
    except ValueError:
        print("refused")
