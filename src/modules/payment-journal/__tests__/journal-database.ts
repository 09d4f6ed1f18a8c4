import { join } from "node:path"
import {
  createModuleDatabase,
  type ModuleDatabase,
} from "../../../shared/__tests__/module-database"
import { PAYMENT_JOURNAL_MODULE } from "../module-name"

export type JournalDatabase = ModuleDatabase

export async function createJournalDatabase(): Promise<JournalDatabase> {
  return await createModuleDatabase({
    key: PAYMENT_JOURNAL_MODULE,
    resolve: join(__dirname, ".."),
  })
}
