import { ArrowDownTray } from "@medusajs/icons"
import { Button, toast } from "@medusajs/ui"
import { useMutation } from "@tanstack/react-query"
import { download } from "../../lib/client"
import { exceptionsPath } from "./api"
import { useExceptionWords } from "./words"

/** Saves what the list's filters let through as a file. */
export function DownloadButton({ query }: { query: Parameters<typeof download>[1] }) {
  const { t, failure } = useExceptionWords()
  const { mutate, isPending } = useMutation({
    mutationFn: async () =>
      await download(`${exceptionsPath}/export`, query, "payment-exceptions.csv"),
    onError: (error) => toast.error(t("exceptions.notExported"), { description: failure(error) }),
  })
  return (
    <Button size="small" variant="secondary" isLoading={isPending} onClick={() => mutate()}>
      <ArrowDownTray />
      {t("exceptions.export")}
    </Button>
  )
}
