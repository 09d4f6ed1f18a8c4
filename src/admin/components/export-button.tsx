import { download } from "../lib/client"
import { useWords } from "../lib/words"
import { DownloadButton } from "./download-button"

/**
 * Saves as a file what the filters of a list let through.
 *
 * @param path of the list's route, which has its export below it
 * @param filters as the list's route reads them, without the page and its order
 */
export function ExportButton({
  path,
  filters,
  fileName,
}: {
  path: string
  filters: Parameters<typeof download>[1]
  fileName: string
}) {
  const { t } = useWords()
  return (
    <DownloadButton
      label={t("common.export")}
      save={async () => await download(`${path}/export`, filters, fileName)}
      saved={t("common.exported")}
    />
  )
}
