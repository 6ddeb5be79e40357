"""States, one or several: 米国, 米側, 日本政府, 日米, 日英伊3か国, 日米両政府."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extract.names.found import Name, lower
from extract.tokens import Token
from ontology.authority import Entry
from ontology.terms import Kind

# How many states there are: 3か国, 十五ヵ国.
SO_MANY = r"[\d二三四五六七八九十]{1,3}(?:か|ヵ|カ|ヶ|箇|ケ)?国"
# 北 and ソ stand for states only beside another letter (米朝, 米ソ, 日中); a single letter needs 側, 両, 軍 …
SIDE = re.compile(r"側|政府|国政府|当局|国(?=[とはがにもの]|及|や|、)")
TOGETHER = re.compile(
    r"(?:両国政府|両政府|両国|両首脳|双方|各国|首脳|政府|(?:の)?[2-9二三四五六七八九](?:か|ヵ|カ|ヶ|箇)?国)?(?:政府|首脳)?(?:間)?"
)
# The form of state behind a state's name: アルバニア人民共和国, イラク王国.
FORM = re.compile(r"・?(?:人民|社会主義|イスラム|連邦)*(?:共和国|王国|帝国)(?![一-龥])")
NOUN_NEXT = re.compile(r"の?(?:議長|構成員|メンバー|代表|署名者|座長|共同議長)")
KATAKANA = re.compile(r"[ァ-ヶ][ァ-ヶー]")
# What a town stands in: デラウェア州ウィルミントン.
REGION = re.compile(r"(?:州|県|省|郡)$")
STANDS = re.compile(
    r"(?:都?内|市内|近郊|郊外|中心部)?(?:で|において|にて|での|における|に(?:置|所在|設|本部|司令部|移転|移[さっりし]|あ[るりっ])|へ(?:移転|移[さっりし])|を訪(?:問|れ))"
)
SEATED = re.compile(r"に(?:置か|所在|本部|司令部)|[にへ]移転")
# A body comes into being there: ケルンに合弁会社が設立された.
FOUNDED = re.compile(
    r"に(?:[^。、はがをに「」]{1,30}|「[^」]+」)[がを](?:設立|設置|置[かいく]|開設|新設|創設|設け)"
    r"|に[^。、はがをに]{2,24}、[^。、はがをに]{1,10}に[^。、はがをに]{2,30}[がを](?:設|置|開設)"  # オスロにA、ローマにBを置く
)
MET = re.compile(r"での[^、。はがを「」]{0,15}(?:会談|会合|会議|サミット)|で(?:開かれ|開催|会談)")
KATAKANA_TOWN = re.compile(r"[ァ-ヶー]{3,}")
# Parts of the world, not North Korea or China and the United States.
DIRECTION = re.compile(r"[東西南北](?:方|部|極|洋|海|大西洋|太平洋)")
AMERICAS = re.compile(r"北米|中米(?=・?(?:南米|カリブ|諸国|地域|統合|機構))")
PAIR = 2  # states, or people of theirs, that are the two sides of something
# A town of several words: ハファル・アル・バーティンに司令部が設けられた.
DOTTED_TOWN = re.compile(
    r"[ァ-ヶー]{2,}(?:・[ァ-ヶー]+)+(?=に(?:(?:司令部|本部|事務局|基地)[をがはも]|置か|所在|設置|開設)|で(?:開かれ|開催))"
)
SHORTEST_PLACE = 2
SHORT = re.compile(r"[ァ-ヶ]{2}")
PARTED = frozenset(("東", "西", "南", "北", "わが"))  # the first of the two words of a state: 南|ベトナム, わが|国


@dataclass(frozen=True, slots=True)
class States:
    """The names of states and the letters that stand for them in compounds."""

    names: dict[str, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)

    def named(self, text: str) -> tuple[str, ...]:
        """The keys of the states that a word names: 米国 → one, 日米 → two; none for other words."""
        key = self.names.get(lower(text))
        if key:
            return (key,)
        if AMERICAS.match(text):
            return ()
        if (
            2 <= len(text) <= 6
            and text[0] in self.letters
            and len(set(text)) == len(text)
            and all(map(self.letters.__contains__, text))
        ):
            return tuple(self.letters[c] for c in text)
        return ()

    def prefix(self, text: str) -> tuple[str, ...]:
        """The keys of the states that a name begins with: 日米拡大抑止協議, 米韓連合軍, 日・フィリピン協定, 英マレーシア協定, オーストラリア国防省."""
        for length in range(min(len(text), 12), 1, -1):
            if lower(text[:length]) in self.names:
                return (self.names[lower(text[:length])],)
        dotted = re.match(r"([一-龥])・([一-龥])(?:・([一-龥]))?(?:・([一-龥]))?", text)
        if dotted and all(c in self.letters for c in dotted.groups() if c):
            return tuple(self.letters[c] for c in dotted.groups() if c)
        mixed = re.match(r"([一-龥])・?([ァ-ヶー]{3,})", text)
        if mixed and mixed[1] in self.letters:
            named = next((mixed[2][:n] for n in range(len(mixed[2]), 1, -1) if lower(mixed[2][:n]) in self.names), None)
            if named:
                return (self.letters[mixed[1]], self.names[lower(named)])
        latin = re.match(r"([一-龥]{1,3})([A-Z]{2,5})", text)
        if latin and lower(latin[2]) in self.names and all(c in self.letters for c in latin[1]):
            return (*(self.letters[c] for c in latin[1]), self.names[lower(latin[2])])
        if AMERICAS.match(text):
            return ()
        length = 0
        while length < min(len(text), 6) and text[length] in self.letters and text[length] not in text[:length]:
            if KATAKANA.match(text, length, length + 2):
                break  # the ロ of ロードマップ is no Russia
            if DIRECTION.match(text, length):
                break  # 米加|北方防衛協定 is not of 北朝鮮
            length += 1
        return tuple(self.letters[c] for c in text[:length]) if length >= 2 else ()


def make_states(entries: Iterable[Entry]) -> States:
    """The states of an authority."""
    names: dict[str, str] = {}
    letters: dict[str, str] = {}
    for entry in entries:
        if entry.kind is not Kind.STATE:
            continue
        for name in (entry.label, *((entry.label_en,) if entry.label_en else ()), *entry.names):
            names[lower(name)] = entry.key
        for letter in entry.abbreviations:
            letters[letter] = entry.key
    return States(names, letters)


# States that once were one, or that are in one's neighbourhood, are not that one: 旧ソ連6か国, ソ連諸国.
SEVERAL = re.compile(rf"(?:構成)?(?:{SO_MANY}|諸国|構成国|圏)")
LISTED = re.compile(r"(?:、|・|と|や|及び|および|,)$")
# A letter that stands for a state in a list: 英、仏、ベルギー; 日、ドイツ両国.
BEGINS_LIST = re.compile(r"(?:^|[、。,・「『(:\s]|[はがとや])$")
JOINT = re.compile(r"、|,|・|と|及び|および|並びに")
SHORTEST_LIST = 3  # items; two where they are said to be two
BOTH = re.compile(r"の?(?:両国|両政府|両軍|[2二](?:か|ヵ|カ|ヶ|箇)?国)")


def letters_listed(text: str, tokens: Sequence[Token], *, states: States) -> dict[int, str]:
    """Where single letters stand for states in a list, by their places: 米、英、加、豪、NZの5か国."""
    found: dict[int, str] = {}
    at = 0
    while at < len(tokens):
        run, following = _listed_from(tokens, at, states)
        lone = [t for t in run if t.text in states.letters]
        both = len(run) == PAIR and BOTH.match(text, run[-1].end)
        if lone and (len(run) >= SHORTEST_LIST or both) and BEGINS_LIST.search(text[: run[0].start]):
            found |= {t.start: states.letters[t.text] for t in lone}
        at = max(following, at + 1)
    return found


def _listed_from(tokens: Sequence[Token], at: int, states: States) -> tuple[list[Token], int]:
    """The states and letters of states that are listed from a token on, and the index behind the last."""
    run: list[Token] = []
    while at < len(tokens) and (len(_named(tokens[at], states)) == 1 or tokens[at].text in states.letters):
        run.append(tokens[at])
        at += 1
        if at >= len(tokens) or not JOINT.fullmatch(tokens[at].text):
            break
        at += 1
    return run, at


def state_names(text: str, tokens: Sequence[Token], *, states: States) -> tuple[Name, ...]:
    """The states of a sentence, one or several together, with 側, 政府, 両国 and the like."""
    found: list[Name] = []
    listed = letters_listed(text, tokens, states=states)
    for at, token in enumerate(tokens):
        if token.start in listed:
            found.append(
                Name(token.start, token.end, token.text, Kind.STATE, (listed[token.start],), certainty=2, rule="states")
            )
            continue
        two = text[token.start : tokens[at + 1].end] if at + 1 < len(tokens) else ""
        if token.text in PARTED and states.named(two):
            found.append(
                Name(token.start, token.start + len(two), two, Kind.STATE, states.named(two), certainty=2, rule="states")
            )
            continue
        if found and token.start < found[-1].end:
            continue
        if token.start and text[token.start - 1].isdigit():
            continue  # 7日朝 is a morning
        keys = _named(token, states) or states.named(token.text.removesuffix("側"))
        if not keys and token.text.endswith("側") and token.text[:-1] in states.letters:
            keys = (states.letters[token.text[:-1]],)
        last = at
        if len(keys) > 1 or (not keys and token.text in states.letters):
            last, keys = _letters(tokens, at, states)
        if not keys:
            continue
        end = tokens[last].end
        tail = (TOGETHER if len(keys) > 1 else SIDE).match(text, end)
        stop = tail.end() if tail and _on_edge(tokens, tail.end()) else end
        form = FORM.match(text, end) if len(keys) == 1 else None
        stop = max(stop, form.end()) if form and _on_edge(tokens, form.end()) else stop
        if text[stop - 1] == "側" and NOUN_NEXT.match(text, stop):
            continue  # 日本側議長, 米側の構成員 speak of the chair, not of the state
        if len(token.text) == 1 and len(keys) == 1 and stop == end:
            continue
        if len(keys) == 1 and SEVERAL.match(text, end) and not LISTED.search(text[: token.start]):
            continue
        found.append(
            Name(token.start, stop, text[token.start : end], Kind.STATE, keys, plural=len(keys) > 1, certainty=2, rule="states")
        )
    return (*found, *_lettered(text, states))


LETTERED = re.compile(
    r"(?:(?<=[(、。はがにをでと「])|^)(?:[一-龥]|[一-龥ァ-ヶー]{2,10})(?:、(?:[一-龥](?=[、)のはがと])|[一-龥ァ-ヶー]{2,10}))+"
)
FEWEST_LISTED = 3


def _lettered(text: str, states: States) -> Iterator[Name]:
    """The states of a list that are told by a letter each: 域外5か国(日、米、中、印、ニュージーランド), 英、豪、マレーシアの間で."""
    for row in LETTERED.finditer(text):
        parts = list(re.finditer(r"[^、]+", row.group()))
        told = [p for p in parts if p.group() in states.letters]
        if (
            len(parts) < FEWEST_LISTED
            or not told
            or not all(p.group() in states.letters or states.named(p.group()) for p in parts)
        ):
            continue
        for part in told:
            start = row.start() + part.start()
            yield Name(start, start + 1, part.group(), Kind.STATE, (states.letters[part.group()],), certainty=2, rule="states")


def place_names(
    text: str, tokens: Sequence[Token], *, states: States, bodies: frozenset[int] = frozenset()
) -> tuple[Name, ...]:
    """Places that the dictionary knows and that stand as such: リマで, モンスに所在する, ウィルミントンで開かれた.

    `bodies`: where the names of bodies begin that have a seat: ホノルルの|太平洋軍司令部.
    """
    found = []
    for i, token in enumerate(tokens):
        after = text[token.end : token.end + 8]
        joined = i and tokens[i - 1].end == token.start and tokens[i - 1].nominal
        district = DISTRICT.match(text, token.end)
        end = district.end() if district else token.end
        if token.place and not joined and text[end : end + 1] == "の" and end + 1 in bodies and _town(token, states):
            found.append(Name(token.start, end, text[token.start : end], Kind.PLACE, certainty=0, rule="place"))
            continue
        if (inner := WITHIN.fullmatch(token.text)) and after.startswith(("で", "の")):
            found.append(Name(token.start, token.end, inner[1], Kind.PLACE, certainty=0, rule="place"))
            continue
        run = KATAKANA_RUN.match(text, token.start)
        longer = run and run.end() > token.end and not NO_TOWN.search(run.group())
        if run and longer and PART_OF_LAND.search(text[: token.start]) and MET.match(text, run.end()):
            found.append(Name(token.start, run.end(), run.group(), Kind.PLACE, certainty=0, rule="place"))
            continue
        joined = joined and not (REGION.search(tokens[i - 1].text) or (token.place and _country(tokens[i - 1], states)))
        if joined or states.named(token.text) or len(token.text) < SHORTEST_PLACE:
            continue
        dotted = DOTTED_TOWN.match(text, token.start) if not (i and tokens[i - 1].text in "・=") else None
        if dotted:
            found.append(Name(token.start, dotted.end(), dotted.group(), Kind.PLACE, certainty=0, rule="place"))
            continue
        if (
            (token.place and (STANDS.match(after) or FOUNDED.match(text, token.end)))
            or ((token.place or (token.unknown and KATAKANA_TOWN.fullmatch(token.text))) and _said_seat(text, token))
            or (token.unknown and (SEATED.match(after) or (KATAKANA_TOWN.fullmatch(token.text) and MET.match(text, token.end))))
            or (_of_region(text, token) and MET.match(text, token.end))
        ):
            found.append(Name(token.start, token.end, token.text, Kind.PLACE, certainty=0, rule="place"))
    return tuple(found)


SEAT_IS = re.compile(r"(?:所在地|本部|総?司令部|事務局|本拠地?)(?:は、?|[::]\s?)$|^(?:所在地|本部|事務局|本拠地?)\s$")
AND_NO_MORE = re.compile(r"(?:である|に(?:ある|あり|置か|所在)|だ(?!っ)|です|市|$|[。、()\n])")


def _said_seat(text: str, token: Token) -> bool:
    """Whether a word is said to be the seat of something: 所在地はベブリンゲンである, 本部:アイントホーフェン."""
    return bool(SEAT_IS.search(text[: token.start]) and AND_NO_MORE.match(text, token.end))


PART_OF_LAND = re.compile(r"(?:首都|都市|州都|県都|港町|保養地|山荘|[東西南北]部の)$")
KATAKANA_RUN = re.compile(r"[ァ-ヶー・]{4,}")
NO_TOWN = re.compile(r"(?:ホテル|リゾート|センター|ホール|スタジアム|キャンプ|パレス|レストラン|クラブ|アリーナ|ビル)$")


def _of_region(text: str, token: Token) -> bool:
    """Whether a katakana word that the dictionary has for something else is the town of a region: サウジ西部のウラーで開かれた."""
    town = KATAKANA_TOWN.fullmatch(token.text) and not NO_TOWN.search(token.text)
    return bool(town and PART_OF_LAND.search(text[: token.start]))


WITHIN = re.compile(r"(東京(?=都)|大阪(?=府)|京都(?=府)|[一-龥ァ-ヶー]{2,}(?=市))[都府市]内")  # one word to the dictionary
DISTRICT = re.compile(r"[・ ]?D\.?C\.?")
WIDE = re.compile(r"(?:洋|海|東|アジア|欧州|ヨーロッパ|アフリカ|地域|圏|半島|中南米|北米|南米)$")


def _town(token: Token, states: States) -> bool:
    """Whether a place is no state and no part of the world."""
    return not (
        token.tag.endswith("地名-国") or states.named(token.text) or WIDE.search(token.text) or len(token.text) < SHORTEST_PLACE
    )


def _country(token: Token, states: States) -> bool:
    """Whether a word is the country that a town stands behind: 英国レディング."""
    return token.tag.endswith("地名-国") and bool(states.named(token.text))


def _named(token: Token, states: States) -> tuple[str, ...]:
    """The states that a word names; タイ is one only where the dictionary takes it for a country."""
    short = SHORT.fullmatch(token.text) and not token.tag.endswith("地名-国")
    of_form = FORM.search(token.text) if token.tag.endswith("地名-国") else None  # ブルガリア人民共和国 is one word
    return () if short else states.named(token.text) or (states.named(token.text[: of_form.start()]) if of_form else ())


def _letters(tokens: Sequence[Token], at: int, states: States) -> tuple[int, tuple[str, ...]]:
    """The run of letters from a token on (日 米 韓, 豪・英・米): index of its last token, keys of its states."""
    keys, last, i = list(states.named(tokens[at].text)) or [states.letters[tokens[at].text]], at, at + 1
    while i < len(tokens) and tokens[i].start == tokens[i - 1].end:
        step = tokens[i]
        if step.text == "・" and i + 1 < len(tokens) and len(tokens[i + 1].text) == 1 and tokens[i + 1].text in states.letters:
            i += 1
            continue
        more = states.named(step.text) or ((states.letters[step.text],) if step.text in states.letters else ())
        if not more or set(more) & set(keys) or step.text in states.names:
            break
        keys += more
        last, i = i, i + 1
    return last, tuple(keys)


def _on_edge(tokens: Sequence[Token], offset: int) -> bool:
    return any(t.end == offset for t in tokens)
