import axios, { type AxiosInstance } from "axios"
import { startChildStore, type ChildStore } from "../support/child-store"

/** A store in a process of its own that is killed and started again, while everybody keeps its address. */
export class CrashingStore {
  /** Goes to wherever the store is now. */
  readonly api: AxiosInstance = axios.create()
  readonly #databaseUrl: string
  readonly #onUrl: (url: string) => void
  #starting: Promise<ChildStore> | undefined
  #isClosed = false
  kills = 0

  constructor(databaseUrl: string, onUrl: (url: string) => void) {
    this.#databaseUrl = databaseUrl
    this.#onUrl = onUrl
  }

  /** Resolves when there is a store to speak to, whoever has it started. Rejects once it was closed. */
  async ready(): Promise<void> {
    if (this.#isClosed) {
      throw new Error("The store is closed")
    }
    this.#starting ??= this.#start()
    await this.#starting
  }

  /** `kill -9`. Whoever asks for it next has it started again. */
  async kill(): Promise<void> {
    this.kills += 1
    await this.#end()
  }

  /** For good. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#end()
  }

  async #end(): Promise<void> {
    const child = await this.#starting
    this.#starting = undefined
    await child?.kill()
  }

  async #start(): Promise<ChildStore> {
    const child = await startChildStore(this.#databaseUrl)
    this.api.defaults.baseURL = child.url
    this.#onUrl(child.url)
    return child
  }
}
