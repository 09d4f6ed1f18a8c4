import { gateways } from "./gateways"
import { writeReadme } from "./readme-table"

writeReadme(gateways)
