import { fuzz } from "../strangers-text/fuzz"
import { readers } from "../strangers-text/readers"
import { seedOfRun } from "../http/support/chance"
import { tell } from "../http/support/tell"

jest.setTimeout(1_800_000)

/** In all, for the readers together. */
const inputs = 100_000

describe("text that strangers send", () => {
  const seed = seedOfRun()
  const runs = Math.ceil(inputs / readers.length)

  beforeAll(() => {
    tell(
      `strangers' text: seed ${seed} (DEEP_SEED repeats it), ${runs} texts for each of ${readers.length} readers`
    )
  })

  it.each(readers.map((reader) => ({ ...reader, reader })))(
    "is read or refused, and never breaks its reader: $name",
    ({ reader }) => {
      fuzz(reader, { runs, seed })
    }
  )
})
