import { gateways } from "./gateways"
import { writeReadme } from "./capability-table"

writeReadme(gateways)
