import { writeFileSync } from "node:fs"
import { format, resolveConfig } from "prettier"
import { version } from "../../package.json"
import { documentFile, openApiDocument } from "./document"

void write()

async function write(): Promise<void> {
  const config = await resolveConfig(documentFile)
  const text = JSON.stringify(openApiDocument(version))
  writeFileSync(documentFile, await format(text, { ...config, filepath: documentFile }))
}
