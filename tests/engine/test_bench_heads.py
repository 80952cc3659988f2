from engine.bench.heads import measure_heads
from engine.bench.measuring import Findings
from engine.bench.report import as_record, report


def test_what_a_person_head_costs_is_reported() -> None:
    figures = measure_heads(quick=True)
    assert figures.train_100_s > 0
    assert figures.train_1000_s is None
    findings = Findings(machine={"processor": "x"}, network="mobilenet:int8", heads=figures)
    assert as_record(findings)["heads"]["identify_100k_ms"] > 0
    assert f"{figures.train_100_s:.2f} s" in report(findings)
