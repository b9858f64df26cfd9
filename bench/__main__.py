import json, sys
from bench.live import Scenario, measure
print(json.dumps(measure(Scenario(int(sys.argv[1]))), indent=1, ensure_ascii=False))
