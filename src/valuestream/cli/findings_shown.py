"""Findings as lines for people, as JSON for programs, as SARIF for code hosts."""

import json
from collections.abc import Sequence
from typing import Any, Literal

from valuestream.model.findings import Finding

Format = Literal["text", "json", "sarif"]


def show(findings: Sequence[Finding], output: Format) -> str:
    """The findings in a format."""
    if output == "json":
        return json.dumps([f.as_json() for f in findings], ensure_ascii=False, indent=2)
    if output == "sarif":
        return json.dumps(_sarif(findings), ensure_ascii=False, indent=2)
    return "\n".join(line(f) for f in findings)


def line(finding: Finding) -> str:
    """`file:line:column: severity CODE message` and, below it, what to do."""
    places = [p for p in (finding.file, finding.line, finding.column) if p is not None]
    where = ":".join(map(str, places)) + ": " if places else ""
    first = f"{where}{finding.severity} {finding.code} {finding.message}"
    return f"{first}\n    → {finding.suggestion}" if finding.suggestion else first


def _sarif(findings: Sequence[Finding]) -> dict[str, Any]:
    from importlib.metadata import version

    driver = {
        "name": "valuestream",
        "version": version("valuestream"),
        "rules": [{"id": code} for code in sorted({f.code for f in findings})],
    }
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": [_result(f) for f in findings]}],
    }


def _result(finding: Finding) -> dict[str, Any]:
    message = f"{finding.message} → {finding.suggestion}" if finding.suggestion else finding.message
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": finding.severity,
        "message": {"text": message},
    }
    if finding.file:
        location: dict[str, Any] = {"artifactLocation": {"uri": finding.file}}
        if finding.line:
            location["region"] = {"startLine": finding.line, "startColumn": finding.column or 1}
        result["locations"] = [{"physicalLocation": location}]
    return result
