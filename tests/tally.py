#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tally.py TESTLOG STATUS

Counts the cases of a meson testlog.json and prints `N passed, N failed, N skipped`.
A program that speaks TAP counts once for each case, any other one once. A program that
died, timed out or failed without saying so in a case counts as one failure more.
Exits with 1 when anything failed, nothing ran, or STATUS (of `meson test`) is not 0.
"""
import json
import re
import sys

CASE = re.compile(r'(not )?ok\b(?:\s+\d+)?[\s-]*([^#]*)(?:#\s*(SKIP)?.*)?', re.IGNORECASE)
GOOD = {'OK', 'EXPECTEDFAIL'}


def cases(output):
    """The outcome and name of each TAP case; subtests are indented and not counted."""
    for line in output.splitlines():
        match = CASE.fullmatch(line)
        if match:
            bad, name, skip = match.groups()
            yield 'failed' if bad else 'skipped' if skip else 'passed', name.strip()


def count(test):
    """The outcomes of one test program, as (outcome, name)."""
    result = test['result']
    found = list(cases(test.get('stdout') or ''))
    if result == 'SKIP' and not found:
        return [('skipped', '')]
    if result not in GOOD | {'SKIP'} and not any(outcome == 'failed' for outcome, _ in found):
        found.append(('failed', result.lower()))
    return found or [('passed', '')]


def tell(test):
    """Prints what a failed program said: meson keeps the output of TAP programs to itself."""
    print(f"--- {test['name']}: {test['result'].lower()}")
    said = (test.get('stdout') or '').splitlines() + (test.get('stderr') or '').splitlines()
    lines = [line for line in said if not re.match(r'ok\b|1\.\.', line)]
    for line in lines[-100:]:
        print(line)


def main(path, status):
    total = {'passed': 0, 'failed': 0, 'skipped': 0}
    lists = {'failed': [], 'skipped': []}
    try:
        with open(path, encoding='utf-8', errors='replace') as log:
            tests = [json.loads(line) for line in log if line.strip()]
    except (OSError, ValueError) as error:
        print(f'tally.py: {error}', file=sys.stderr)
        tests = []

    for test in tests:
        outcomes = count(test)
        if any(outcome == 'failed' for outcome, _ in outcomes):
            tell(test)
        for outcome, name in outcomes:
            total[outcome] += 1
            if outcome in lists:
                lists[outcome].append(f"{test['name']} {name}".rstrip())

    for outcome, names in lists.items():
        for name in names:
            print(f'{outcome}: {name}')

    ran = total['passed'] + total['failed']
    if status != 0 and total['failed'] == 0:
        print(f'meson test ended with status {status}')
        total['failed'] = 1
    print('{passed} passed, {failed} failed, {skipped} skipped'.format(**total))
    return 1 if total['failed'] or not ran else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
