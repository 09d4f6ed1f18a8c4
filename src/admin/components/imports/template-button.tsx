import { ArrowDownTray } from "@medusajs/icons"
import { Button, toast } from "@medusajs/ui"
import { useMutation } from "@tanstack/react-query"
import { download } from "../../lib/client"
import { importsPath } from "./api"
import { useImportWords } from "./words"

/** Saves an empty file with the columns that a file of transfers has, as spreadsheets of the page's language open it. */
export function TemplateButton() {
  const { t, failure, language } = useImportWords()
  const { mutate, isPending } = useMutation({
    mutationFn: async () =>
      await download(`${importsPath}/template`, templateFor(language), "payout-transfers.csv"),
    onError: (error) => toast.error(t("common.notExported"), { description: failure(error) }),
  })
  return (
    <Button
      size="small"
      variant="secondary"
      type="button"
      isLoading={isPending}
      onClick={() => mutate()}
    >
      <ArrowDownTray />
      {t("imports.template")}
    </Button>
  )
}

/** Where a comma stands before the decimals, spreadsheets part the cells by semicolons. */
function templateFor(language: string) {
  return language.startsWith("hr")
    ? { delimiter: "semicolon", language: "hr" }
    : { delimiter: "comma", language: "en" }
}
