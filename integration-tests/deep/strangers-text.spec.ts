import { fuzz } from "../strangers-text/fuzz"
import { fastGrowing } from "../strangers-text/growth"
import { units } from "../strangers-text/hostile-text"
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

  const named = readers.map((reader) => ({ ...reader, reader }))

  it.each(named)(
    "is read in a time that grows with its length, whatever it is made of: $name",
    ({ reader }) => {
      expect(fastGrowing(reader, units)).toEqual([])
    }
  )

  it.each(named)("is read or refused, and never breaks its reader: $name", ({ reader }) => {
    fuzz(reader, { runs, seed })
  })
})
