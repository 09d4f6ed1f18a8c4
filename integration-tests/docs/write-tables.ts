import { writeTables } from "./tables"

writeTables()
