import { Button, Skeleton, Text } from "@medusajs/ui"
import type { UseQueryResult } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { isForbidden, isLoggedOut } from "../lib/request-error"
import { useWords } from "../lib/words"
import { SubtleText } from "./text"

/**
 * What was asked for, as soon as it is there: until then a shape of it, or why it could not be loaded. What was loaded
 * once stays, whatever becomes of the next question.
 *
 * @param skeleton the height of what is to come, such as `h-40`
 */
export function Loaded<Data>({
  answer: { data, error, refetch },
  skeleton = "h-40",
  children,
}: {
  answer: Pick<UseQueryResult<Data>, "data" | "error" | "refetch">
  skeleton?: string
  children: (data: Data) => ReactNode
}) {
  if (data !== undefined) {
    return children(data)
  }
  if (error) {
    return <Problem error={error} retry={() => void refetch()} />
  }
  return (
    <div className="p-6" aria-busy="true">
      <Skeleton className={skeleton} />
    </div>
  )
}

/**
 * What a page shows in the place of what it could not load. A login that has ended is mended in another tab, so that
 * what was typed here is not lost.
 */
export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t, reason } = useWords()
  return (
    <div role="alert" className="flex flex-col items-start gap-y-2 px-6 py-4">
      <Text size="small" leading="compact" className="text-ui-fg-error">
        {isLoggedOut(error)
          ? t("common.loggedOut")
          : isForbidden(error)
            ? t("common.forbidden")
            : t("common.notLoaded", { reason: reason(error) })}
      </Text>
      <div className="flex gap-x-2">
        {isLoggedOut(error) && <LogIn />}
        {retry && !isForbidden(error) && (
          <Button size="small" variant="secondary" onClick={retry}>
            {t("common.tryAgain")}
          </Button>
        )}
      </div>
    </div>
  )
}

/** The same where it is known before it is asked for that the role does not allow it. */
export function Forbidden() {
  const { t } = useWords()
  return <SubtleText className="px-6 py-4">{t("common.forbidden")}</SubtleText>
}

/** In another tab, so that what was typed in this one stays. */
export function LogIn() {
  const { t } = useWords()
  return (
    <Button size="small" variant="secondary" asChild>
      <a href="/app/login" target="_blank" rel="noreferrer">
        {t("common.logIn")}
      </a>
    </Button>
  )
}
