import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { validateXML } from "xmllint-wasm"

const root = join(__dirname, "../../../..")

/** ISO 20022's schemas are not part of the project: they are looked for in a folder beside it. */
const folders = [
  process.env.ISO20022_SCHEMAS ?? "",
  join(root, "../shared/schemas"),
  join(root, "../../shared/schemas"),
]

function schemaFile(message: string): string | undefined {
  return folders
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, `${message}.xsd`))
    .find((file) => existsSync(file))
}

/** A test of what a schema says; skipped, with the reason in its title, where the schema is not there. */
export function itAgainstSchema(
  message: string,
  sentence: string,
  test: (problemsOf: (xml: string) => Promise<string[]>) => Promise<void>
): void {
  const file = schemaFile(message)
  if (file === undefined) {
    it.skip(`${sentence} (skipped: ${message}.xsd is in no folder that ISO20022_SCHEMAS or a folder beside the project names)`, () => {})
    return
  }
  const schema = readFileSync(file, "utf8")
  it(sentence, async () => {
    await test(async (xml) => {
      const { errors } = await validateXML({
        xml: [{ fileName: "message.xml", contents: xml }],
        schema: [schema],
      })
      return errors.map(({ message: problem }) => problem)
    })
  })
}
