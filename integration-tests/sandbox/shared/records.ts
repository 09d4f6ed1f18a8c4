/** What a sandbox remembers of an earlier one, and whom it tells of changes. */
export interface RecordsOptions<Kept> {
  readonly known?: readonly Kept[]
  /** Told after every change, once the ledger has it too. */
  readonly onChange?: (changed: Kept) => void
}

/** The orders, payments or payouts of a gateway, each under one number, in the order in which they were made. */
export abstract class Records<Kept> {
  readonly #records: Map<string, Kept>
  readonly #onChange: RecordsOptions<Kept>["onChange"]

  constructor({ known = [], onChange }: RecordsOptions<Kept>) {
    this.#records = new Map(known.map((record) => [this.numberOf(record), record]))
    this.#onChange = onChange
  }

  protected abstract numberOf(record: Kept): string

  /** The gateway's "no" to a number that it does not know. */
  protected abstract unknown(number: string): Error

  all(): readonly Kept[] {
    return [...this.#records.values()]
  }

  get(number: string): Kept | undefined {
    return this.#records.get(number)
  }

  /** @throws {Error} the gateway's "no" */
  require(number: string): Kept {
    const record = this.get(number)
    if (record === undefined) throw this.unknown(number)
    return record
  }

  put(record: Kept): Kept {
    this.#records.set(this.numberOf(record), record)
    this.#onChange?.(record)
    return record
  }

  /** @throws {Error} the gateway's "no" */
  remove(number: string): void {
    const record = this.require(number)
    this.#records.delete(number)
    this.#onChange?.(record)
  }
}
