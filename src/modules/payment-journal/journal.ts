import type { PostgresJournal } from "./postgres-journal"

/** What the journal offers; tests have one that keeps its rows in memory. */
export type PaymentJournal = Pick<PostgresJournal, keyof PostgresJournal>

/** Which of Medusa's rows (refunds, captures) still exist; see `PostgresJournal.beginOperation`. */
export type LivingRows = (ids: string[]) => Promise<string[]>
