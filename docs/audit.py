"""Known weaknesses of what we install: any found is a failure; what could not be looked up is said, never passed over.

`python -m docs.audit requirements.txt …`. Without the advisory service (no internet) nothing can be looked up: a check
that failed then would be switched off by whoever works on a train, and one that said nothing would hide what it did not do.
"""

from __future__ import annotations

import json
import subprocess
import sys


def main(files: list[str]) -> int:
    failed = 0
    for file in files:
        command = [sys.executable, "-m", "pip_audit", "-r", file, "--no-deps", "--disable-pip", "-f", "json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        try:
            looked_up = json.loads(done.stdout)["dependencies"]
        except (ValueError, KeyError, TypeError):
            said = done.stderr.strip().splitlines()[-1:] or ["no answer"]
            print(f"{file}: NOT AUDITED, the advisory service does not answer ({said[0][:120]})")
            continue
        unknown = [one["name"] for one in looked_up if "skip_reason" in one]
        if unknown:
            print(f"{file}: {len(unknown)} of {len(looked_up)} packages NOT AUDITED, unknown to the service in reach")
        for one in looked_up:
            for weakness in one.get("vulns", []):
                failed += 1
                mended = ", ".join(weakness["fix_versions"]) or "none yet"
                print(f"{file}: {one['name']} {one['version']}: {weakness['id']} (mended in: {mended})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
