"""Abbreviations whose stop need not end a sentence, by what stands behind them.

Those of pySBD's English list (MIT), of the appendix of OSCOLA, the Oxford standard for citing
law (4th edition), of the Bluebook's table of institutions (T6), of the Royal Mail's counties,
and of the minutes and price lists of British councils.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(text.split())


BEFORE_NAMES = words(
    """
    adm ald attys bart brig capt cdr cllr cllrs cmdr col con cpl dame det dr drs fr ft gen
    gov gt hon insp lt maj messrs mlle mme mr mrs ms msgr mssrs ofc pc prof profs prop pvt
    rep reps rev revd rt sen sens sgt sir st supt treas vis
    """
)
"""What stands before a name: "Mr. Hill"."""
INSTITUTIONS = words(
    """
    acad agric assoc asst auth bd civ cnty coll comm cons cttee dep dev dir dist econ educ
    emer exec fin hosp inst ld med mgmt mgr mun natl publ reg soc supp sys transp util
    """
)
"""What is part of a name, written with a capital: "the Med. Council"."""
COUNTIES = words(
    """
    beds berks bucks cambs derbys glos hants herts lancs leics lincs middx northants notts
    oxon salop shrops staffs wilts worcs yorks
    """
)
"""What ends an address, or goes on with one."""
BEFORE_NUMBERS = words(
    """
    a ann annex app apps appx apr art arts att atts aug bk bks c cap ch chap chaps chs cl
    cls cm cmd cmnd col cols cond dec div divs ed encls eq eqs ex exh exhs exp exs ext feb
    fig figs fn fnn fns fo fol form fri hr hrs jan jul jun l lib ll mar min mins mon n nn no
    nos nov nr num oct op ord p par para paras pars pg pl plc pp pt pts q qs qty r rec recs
    ref refs reg regs res rm rr rs rule s sat sch sched scheds schs sec secs sect sects sep
    sept ser ss sub subcl subpara subparas subs subss sun supp suppl tab tbl tbls tel thu
    thur thurs tit tue tues v ver vit vol vols wed weds wk wks yr yrs
    """
)
"""What stands before a number or a letter: "para. 3"."""
CAPITALISED = words(
    """
    apr cm cmd cmnd dec feb fri jan jul jun mar mon nov oct sat sep sun thu wed
    """
)
"""Days, months and command papers, which small letters make words of their own."""
BEFORE_LETTERS = words(
    """
    ann annex app apps appx exh exhs sch sched scheds schs
    """
)
"""Those of them before which a letter with a stop is no initial: "See Exh. A."."""
WITHIN = words(
    """
    a.k.a abbr adj adv approx assn asst attn avg ca cert cf circ cit cont contd defs dept
    depts e.g eds eg enc encl encs esp est exc excl fed govt gp i.e ibid ie inc.l incl intl
    max mfg misc n.b nb nr opp orig p.p.s p.s pa pro resp sc tbc tbd tbsp temp trans tsp
    univ viz vs w.e.f w.r.t wef
    """
)
"""What never ends a sentence: "e.g. Chairs"."""
MAY_END = words(
    """
    a.d a.m am assoc ave b.a b.c b.sc bldg blvd bros co corp cres ct dept esq ex gdns inc jr
    l.j l.jj la ln ltd m.a m.p mt nr p.m ph.d pk pl plc pm rd sq sr st tce ter u.k u.s uk us
    """
)
"""What may end one: "at 3 High St."; it does where a word that opens sentences follows."""
BEFORE_NO_CAPITAL = words("al etc p.a p.c.m p.h p.w")
"""Behind these a capital begins a sentence."""
KNOWN = BEFORE_NAMES | BEFORE_NUMBERS | WITHIN | MAY_END | COUNTIES | INSTITUTIONS
KNOWN |= BEFORE_NO_CAPITAL | {"cent"}
