/** Words too common to name a topic. Own list: articles, pronouns, auxiliaries, prepositions, question and politeness words. */
const ENGLISH = `a about above after again all almost also although always am an and any anyone anything are aren as ask asked at away
back be because been before being below between both but by came can cannot could couldn d did didn do does doesn doing don done
down during each either else ever every everything few find for from further get gets getting give go goes going gone got had hadn has
hasn have haven having he hello help her here hers hi him his how however i if in instead into is isn it its just keep kept know let like
ll look looks m made make makes many may maybe me might mine more most much must my myself need needs neither never no nor not nothing now
of off ok on once one only onto or other our out over own please put quite re really s said same say see seem seems shall she should shouldn
since so some someone something soon still such sure t take tell than thank thanks that the their them then there these they thing things
think this those though through thus till to too tried try trying two under until up upon us use used using ve very via want wanted wants was
wasn way we well went were weren what when where whether which while who whom whose why will with within without won would wouldn yes yet you
your yours`;

const CHINESE = `的 了 是 我 你 您 他 她 它 们 我们 你们 他们 咱们 在 有 和 与 及 或 就 都 也 还 又 很 太 更 最 非常 比较 不 没 没有 别 这 那 这个 那个
这些 那些 这里 那里 这样 那样 这么 那么 什么 怎么 怎样 怎么样 为什么 哪 哪里 哪个 哪些 谁 多少 几 吗 呢 吧 啊 呀 哦 嗯 哈 嘛 啦 呗 把 被 给 对 对于 关于
从 到 向 往 由 于 以 为 为了 因为 所以 因此 但 但是 可是 不过 而 而且 并 并且 如果 要是 虽然 然后 之后 以后 之前 以前 的话 时候 时 一 一个 一下 一些
一点 一直 一样 一次 两 个 些 次 点 只 只是 才 再 已 已经 曾 正在 刚 刚刚 马上 还是 就是 可以 可能 能 能够 会 要 想 应该 需要 必须 得 地 着 过 来 去 上 下
里 中 外 前 后 让 叫 请 请问 谢谢 感谢 麻烦 你好 您好 希望 觉得 感觉 知道 看 说 做 用 使用 进行 自己 大家 别人 其他 其它 等 等等 真 真的 实在 特别 有点 有些
现在 今天 昨天 明天 每次 每天 总是 经常 跟 比 像 之 其 此 该 本 各 每 某 所 即 则 且 若 如 如何 及其 以及 不是 不会 不能 不要 不到 不了 是不是 能不能 可不可以
有没有 好 好的 是的 对的 行 还有 还要 都是 也是 很多 多 少 大 小`;

export const STOP_WORDS: ReadonlySet<string> = new Set(`${ENGLISH} ${CHINESE}`.split(/\s+/));
