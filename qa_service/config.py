"""Settings: one frozen record of plain values; `settings_sources.py` says where they come from."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path

from qa_service.config_checks import (
    UPLOADS,
    addresses,
    cores,
    named_folders,
    origins,
    require_sound,
)

DEFAULT_TITLE, DEFAULT_MODEL = "Ask the documents", "all-MiniLM-L6-v2"
DEFAULT_MINIMUM_CONFIDENCE = 0.3
MIRRORED_FILES = "files"
"""Of the folder of a mirror, the one in which the files lie."""
MOST_PROCESSES = 4
"""That answer unless the operator has more of them: each takes memory."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator may set. Environment names are `QA_` and the name in capitals.

    corpus_dir, index_dir: the folders of documents and of the index.
    engine, postgres: builds are files in index_dir ("embedded"), or lie in a database ("postgres")
        at such an address: "postgresql://qa@db1,db2/qa" (docs/scaling.md).
    model: "all-MiniLM-L6-v2" (from its package), or the path or name of any
        sentence-transformers model.
    encoder: what runs the models: ONNX Runtime ("onnx"), their library ("sentence_transformers"),
        or the first if the vectors come out alike ("auto").
    encoder_bits, question_bits, reader_bits: of the weights that encode passages, encode
        questions, and read; 8 or 32.
    cache_dir: of exported models; below $XDG_CACHE_HOME if that is set.
    host, port: where `serve` listens.
    fusion: how dense and keyword candidates are joined: "weighted_sum" or "reciprocal_rank".
    keyword_weight: share of the keyword score in the weighted sum, 0 to 1.
    candidates: passages taken from each side before fusion.
    rerank: whether sentences, phrases and neighbours refine the order of the best passages.
    rerank_depth: of how many.
    sentence_weight, phrase_weight, name_weight, neighbour_weight: of the best sentence, words side
        by side, names and like passages beside the fused score; 0 is off.
    pseudo_feedback_weight: of nearness to the two best passages after that.
    date_weight: of a year and month in the question for documents of that date.
    reader: whether the reading model judges the best passages and marks the words that answer.
    reader_places: how many passages it reads at most.
    minimum_confidence: below it a question counts as not answered; if set, it comes before the
        threshold of `calibrate`.
    calibration: whether what `calibrate` found is used.
    duplicate_overlap: share of common word triples from which passages are one.
    spelling: whether mistyped words of a question are matched to those of the documents.
    max_quotes, max_quotes_per_document, max_documents: the most an answer holds.
    processes: how many answer questions, one at a time each; 0 is one a core, at most 4.
    max_waiting: questions that may wait before one gets 503.
    max_request_bytes: a larger body is refused with 413.
    collections: more folders, each a collection, as "reports=DIR;policies=DIR"; corpus_dir is then
        read only if it is given too. DIR may be an address: of a file system
        ("s3://bucket/reports"), of a web site or sitemap ("https://www.example.org/"), or a file
        of addresses ("pages.txt").
    fetch_seconds: may pass while a folder is listed, or a megabyte or a page is fetched.
    mirror_minutes: between two looks of `build --watch` at addresses.
    site_hosts: further hosts that pages of a site may come from, parted by spaces.
    site_networks: networks that are not public from which sites may be fetched, as "10.2.0.0/16".
    site_pause: seconds between two requests to a site; more if its robots.txt asks for more.
    max_site_pages: taken of a site.
    max_file_megabytes: a larger source file is not read.
    feedback: whether the page asks if an answer is right, and verdicts are stored.
    max_feedback_megabytes: of verdicts on disk, and as many of recorded questions.
    max_picture_megabytes: memory for pictures of pages.
    max_file_seconds: a source file is given up if reading makes no step for so long.
    max_file_total_seconds: and if all of it takes longer than this.
    max_reading_megabytes: memory of each process that reads source files.
    reading_processes: how many read at the same time; 0 chooses by the processor.
    keep_builds: how many builds stay on disk, the one in use included.
    operator_token: opens the operator's page, 16 characters or more; without one there is none.
    record_questions: whether questions are stored for that page, without who asked.
    uploads_dir: where uploads are kept; by default in index_dir, or with engine "postgres" in the
        database.
    max_uploads_megabytes: the most that they take together.
    embed_origins: other sites that may show the chat, as "https://one.example
        https://two.example:8443".
    allowed_hosts: names by which browsers reach the server, parted by spaces; required if `host`
        is not this computer's own. Any other is refused with 400.
    answer_seconds: a process that takes longer is ended, and its question asked of another once.
    look_back: whether kept builds are searched for what was cited of earlier versions.
    access: whether everybody may read all ("open"), or a document that names access groups is for
        their members alone ("groups").
    groups_header, groups_separator: the header in which a proxy tells the groups of who asks, such
        as "QAGroups", and what stands between two groups.
    trusted_proxies: addresses and networks from which it is believed, parted by spaces.
    proxy_secret, proxy_secret_header: 16 characters or more without which it is not believed, and
        the header that carries them.
    proxy_token_header: in place of groups_header, the header of a signed token (JWT) that tells the
        groups, such as "X-Forwarded-Access-Token".
    proxy_token_keys, proxy_token_issuer, proxy_token_audience: address or file of the keys that
        sign it (a JWK set), and what its claims iss and aud must be.
    oidc_issuer, oidc_client_id, oidc_client_secret: the OpenID Connect provider at which people
        sign in, if no proxy does that, and what it knows this service as.
    oidc_scopes: what is asked of the provider, parted by spaces.
    groups_claim: the claim of a token that tells the groups; "realm_access.roles" lies within
        another.
    session_hours: how long people stay signed in.
    language: of the pages: "en", "de", or as the browser asks ("auto"). Readers can choose another.
    title, introduction: what the pages are called, and the line below it.
    logo: a picture beside the title: .svg, .png, .jpg or .webp.
    accent, accent_dark: the colour of links and controls in light and in dark, such as "#0f5c63";
        adjusted until words can be read.
    examples: questions to begin with, in place of those found, parted by "|".
    public_address: of the server in feeds and alerts, as "https://qa.example.org".
    metrics: who may read /metrics: programs of this computer and who has the operator's token
        ("loopback"), the token alone ("operator"), or "everyone".
    log_format: "plain" lines, or "json": an object a line.
    audit_log: the file of acts of operators and sign-ins, "-" for standard output.
    max_audit_megabytes: a larger one becomes NAME.1; five older ones are kept.
    traces: an OpenTelemetry collector of each question's stages, as
        "http://127.0.0.1:4318/v1/traces".
    alerts_webhook: where `alerts` posts what is new, as JSON.
    alerts_mail_to, alerts_mail_from, smtp_server: whom it mails that to (parted by spaces), from
        whom, and by which server: "smtps://name:password@mail.example.org".
    alerts_groups: with access by groups, those whose documents alerts may quote, parted by ";";
        without any, what everybody may read.
    given: names of settings that were given, not left at their defaults; no setting itself.
    """

    corpus_dir: Path = Path("corpus")
    index_dir: Path = Path("index")
    engine: str = "embedded"
    postgres: str = field(default="", repr=False)
    collections: str = ""
    fetch_seconds: int = 60
    mirror_minutes: int = 60
    site_hosts: str = ""
    site_networks: str = ""
    site_pause: float = 1.0
    max_site_pages: int = 10_000
    model: str = DEFAULT_MODEL
    encoder: str = "auto"
    encoder_bits: int = 8
    question_bits: int = 8
    reader_bits: int = 8
    cache_dir: Path = Path("~/.cache/qa-service")
    host: str = "127.0.0.1"
    port: int = 8000
    fusion: str = "weighted_sum"
    keyword_weight: float = 0.4
    candidates: int = 100
    rerank: bool = True
    rerank_depth: int = 50
    sentence_weight: float = 0.25
    phrase_weight: float = 0.25
    name_weight: float = 0.2
    neighbour_weight: float = 0.1
    pseudo_feedback_weight: float = 0.2
    date_weight: float = 0.45
    reader: bool = True
    reader_places: int = 6
    minimum_confidence: float = DEFAULT_MINIMUM_CONFIDENCE
    calibration: bool = True
    duplicate_overlap: float = 0.9
    spelling: bool = True
    max_quotes: int = 4
    max_quotes_per_document: int = 3
    max_documents: int = 3
    processes: int = 0
    max_waiting: int = 64
    max_request_bytes: int = 262_144
    max_file_megabytes: int = 200
    feedback: bool = True
    max_feedback_megabytes: int = 64
    max_picture_megabytes: int = 64
    max_file_seconds: int = 120
    max_file_total_seconds: int = 3600
    max_reading_megabytes: int = 2048
    reading_processes: int = 0
    keep_builds: int = 2
    operator_token: str = field(default="", repr=False)
    record_questions: bool = False
    uploads_dir: str = ""
    max_uploads_megabytes: int = 1024
    embed_origins: str = ""
    allowed_hosts: str = ""
    answer_seconds: int = 60
    look_back: bool = True
    access: str = "open"
    groups_header: str = ""
    groups_separator: str = ","
    trusted_proxies: str = ""
    proxy_secret: str = field(default="", repr=False)
    proxy_secret_header: str = "X-QA-Proxy-Secret"
    proxy_token_header: str = ""
    proxy_token_keys: str = ""
    proxy_token_issuer: str = ""
    proxy_token_audience: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_scopes: str = "openid profile"
    groups_claim: str = "groups"
    session_hours: int = 8
    language: str = "auto"
    title: str = DEFAULT_TITLE
    introduction: str = ""
    logo: str = ""
    accent: str = ""
    accent_dark: str = ""
    examples: str = ""
    public_address: str = ""
    metrics: str = "loopback"
    log_format: str = "plain"
    audit_log: str = ""
    max_audit_megabytes: int = 16
    traces: str = ""
    alerts_webhook: str = field(default="", repr=False)
    alerts_groups: str = ""
    alerts_mail_to: str = ""
    alerts_mail_from: str = ""
    smtp_server: str = field(default="", repr=False)
    given: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        require_sound({item.name: getattr(self, item.name) for item in fields(self)})

    @property
    def folders(self) -> tuple[tuple[str, Path], ...]:
        """Names of collections and their folders; the corpus folder's name is empty.

        Mirrors and, last, the folder of uploads are among them as soon as they are there.
        """
        named = named_folders(self.collections)
        own = (
            ()
            if self.collections.strip() and "corpus_dir" not in self.given
            else (("", self.corpus_dir),)
        )
        uploads = ((UPLOADS, self.uploads_folder),) if self.uploads_folder.is_dir() else ()
        mirrors = ((name, self.mirror_folder(name) / MIRRORED_FILES) for name, _ in self.addresses)
        return (*own, *named, *(it for it in mirrors if it[1].is_dir()), *uploads)

    @property
    def addresses(self) -> tuple[tuple[str, str], ...]:
        """Names of collections and the addresses that are mirrored for them."""
        return addresses(self.collections)

    def mirror_folder(self, collection: str) -> Path:
        """Where what lies at a collection's address is mirrored, whether it is there yet or not."""
        return self.index_dir / "mirrors" / collection

    @property
    def uploads_folder(self) -> Path:
        """Where uploaded files are read, whether it is there yet or not: kept there, or a mirror of
        those in a database."""
        if self.uploads_dir:
            return Path(self.uploads_dir)
        inside = UPLOADS if self.engine == "embedded" else f"mirrors/{UPLOADS}"
        return self.index_dir / inside

    @property
    def answering_processes(self) -> int:
        """How many processes answer questions, one at a time each."""
        return self.processes or min(cores(), MOST_PROCESSES)

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """The sites that may show the chat."""
        return origins(self.embed_origins)

    @property
    def site(self) -> str:
        """The address below which links to this server begin, with a slash at its end."""
        return f"{self.public_address or f'http://{self.host}:{self.port}'}".rstrip("/") + "/"

    @property
    def sets_minimum_confidence(self) -> bool:
        """Whether minimum_confidence was chosen by the operator, or by a caller."""
        chosen = self.minimum_confidence != DEFAULT_MINIMUM_CONFIDENCE
        return chosen or "minimum_confidence" in self.given
