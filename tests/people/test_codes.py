"""The code of a mail: typed over, five tries, good for its own request only."""

import threading
from datetime import timedelta

from sqlalchemy import select

from wijkplatform.core.db import db
from wijkplatform.people.models import LoginRequest


def test_by_code(client, door, persons):
    page = door.ask(client).headers["Location"]
    shown = client.get(page).text
    assert 'autocomplete="one-time-code"' in shown
    assert 'inputmode="numeric"' in shown
    code = door.code()
    answer = client.post(
        "/inloggen/code", data={"aanvraag": page.rpartition("=")[2], "code": f" {code[:3]} {code[3:]} "}
    )
    assert answer.status_code == 303
    assert client.get("/wie").text == f"persoon {persons()[0].id}"


def test_ten_minutes_for_the_code_too(client, door, clock):
    page = door.ask(client).headers["Location"]
    data = {"aanvraag": page.rpartition("=")[2], "code": door.code()}
    clock.shift(timedelta(minutes=10))
    answer = client.post("/inloggen/code", data=data)
    assert answer.status_code == 400
    assert "Vraag een nieuwe mail aan" in answer.text


def test_five_wrong_codes_end_the_request(client, app, door):
    page = door.ask(client).headers["Location"]
    data = {"aanvraag": page.rpartition("=")[2]}
    right, link = door.code(), door.link()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for left in (4, 3, 2, 1):
        answer = client.post("/inloggen/code", data={**data, "code": wrong})
        assert answer.status_code == 400
        assert f"nog {left} keer" in answer.text
    assert "Dit was vijf keer een verkeerde code" in client.post("/inloggen/code", data={**data, "code": wrong}).text
    answer = client.post("/inloggen/code", data={**data, "code": right})
    assert answer.status_code == 400
    assert "Vraag een nieuwe mail aan" in answer.text
    assert client.post(link).status_code == 410
    assert client.get("/wie").text == "persoon None"
    door.log_in(client)
    assert client.get("/wie").text == "persoon 1"


def test_the_fifth_try_may_be_right(client, door):
    page = door.ask(client).headers["Location"]
    data, right = {"aanvraag": page.rpartition("=")[2]}, door.code()
    for _number in range(4):
        client.post("/inloggen/code", data={**data, "code": "x"})
    assert client.post("/inloggen/code", data={**data, "code": right}).status_code == 303


def test_guessing_in_parallel_does_not_give_more_tries(client, app, door):
    page = door.ask(client).headers["Location"]
    data, right = {"aanvraag": page.rpartition("=")[2]}, int(door.code())
    start = threading.Barrier(10)

    def guess(number: int) -> None:
        mine = app.test_client()
        start.wait()
        mine.post("/inloggen/code", data={**data, "code": f"{(right + 1 + number) % 1_000_000:06d}"})

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(10)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with app.app_context():
        assert db.session.scalar(select(LoginRequest.tries)) == 5


def test_a_code_is_good_for_its_own_request_only(client, door):
    first = door.ask(client).headers["Location"].rpartition("=")[2]
    code = door.code()
    second = door.ask(client).headers["Location"].rpartition("=")[2]
    if door.code() != code:
        assert client.post("/inloggen/code", data={"aanvraag": second, "code": code}).status_code == 400
    assert client.post("/inloggen/code", data={"aanvraag": first, "code": code}).status_code == 303


def test_arabic_digits_are_digits(client, door):
    page = door.ask(client).headers["Location"]
    code = "".join(chr(0x660 + int(each)) for each in door.code())
    assert client.post("/inloggen/code", data={"aanvraag": page.rpartition("=")[2], "code": code}).status_code == 303
