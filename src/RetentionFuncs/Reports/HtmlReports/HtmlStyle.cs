namespace RetentionFuncs.Reports.HtmlReports;

/// <summary>The one style sheet: light, dark and paper.</summary>
internal static class HtmlStyle
{
    public const string Css = """
        :root {
          color-scheme: light dark;
          --paper: #faf9f6; --card: #ffffff; --ink: #1d2329; --soft: #5d6772; --line: #e4e2dc; --faint: #f1efe9;
          --brand: #0f766e; --brand-soft: #d3ece8; --warn: #b45309; --warn-soft: #fdf0d9; --bad: #b42318; --bad-soft: #fde4e0;
          --new: #5b8def; --active: #1f9d8b; --cooling: #e3bd4f; --lapsing: #ee9447; --lapsed: #d9543f; --lost: #8a8f98;
          --c0: #1d2329; --c1: #0f766e; --c2: #5b5fc7; --c3: #c2570c; --c4: #a21caf;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #14181c; --card: #1c2228; --ink: #e8eaec; --soft: #9aa5b1; --line: #313a43; --faint: #252c34;
            --brand: #4fc3b4; --brand-soft: #17403c; --warn: #f2b155; --warn-soft: #46330f; --bad: #ff8b7a; --bad-soft: #4d1f19;
            --new: #6f9bf3; --active: #2fb09d; --cooling: #d9b654; --lapsing: #e58f48; --lapsed: #dd6350; --lost: #767d88;
            --c0: #e8eaec; --c1: #4fc3b4; --c2: #a3a6ff; --c3: #f2994a; --c4: #e879f9;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: var(--paper); color: var(--ink); line-height: 1.55; font-size: 16px;
          font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
          font-variant-numeric: tabular-nums;
        }
        main { max-width: 960px; margin: 0 auto; padding: 40px 24px 64px; }
        header.top { display: flex; justify-content: space-between; gap: 16px; flex-wrap: wrap; color: var(--soft); font-size: 15px; }
        header.top b { color: var(--ink); }
        h1 { font-size: clamp(24px, 4vw, 36px); line-height: 1.25; letter-spacing: -0.01em; margin: 28px 0 12px; font-weight: 650; text-wrap: balance; }
        h2 { font-size: 21px; margin: 0 0 2px; letter-spacing: -0.005em; }
        h3 { font-size: 15px; margin: 22px 0 6px; }
        p { margin: 6px 0; }
        .note { color: var(--soft); font-size: 14px; margin: 0 0 14px; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 24px 26px; margin-top: 22px; }
        .lead { font-size: 17px; color: var(--soft); max-width: 46em; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(210px, 1fr)); gap: 14px; margin: 24px 0 4px; }
        .figure { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 16px 18px; }
        .figure b { display: block; font-size: 28px; line-height: 1.2; letter-spacing: -0.01em; margin: 2px 0; }
        .figure span { color: var(--soft); font-size: 13.5px; display: block; }
        .row { display: grid; grid-template-columns: 190px 1fr 190px; gap: 4px 18px; align-items: center; padding: 9px 0; border-top: 1px solid var(--line); }
        .row:first-of-type { border-top: 0; }
        .row .name b { display: block; line-height: 1.3; margin-bottom: 2px; }
        .row .name span, .row .value span { color: var(--soft); font-size: 13.5px; }
        .row .value { text-align: right; }
        .row .value b { font-size: 18px; display: block; line-height: 1.3; }
        .row .value span { display: block; }
        .axis.row { padding: 0; border: 0; }
        svg { display: block; width: 100%; overflow: visible; }
        svg text { fill: var(--soft); font-size: 12px; font-family: inherit; }
        .plot { display: grid; grid-template-columns: 52px 1fr; gap: 10px; margin-top: 6px; }
        .zero { stroke: var(--soft); stroke-dasharray: 2 3; }
        .grid { stroke: var(--line); }
        .whisker { stroke: var(--mark); stroke-width: 2.5; }
        .cap { stroke: var(--mark); stroke-width: 2.5; }
        .dot { fill: var(--mark); stroke: var(--card); stroke-width: 2; }
        .more { --mark: var(--brand); } .less { --mark: var(--bad); } .notshown { --mark: var(--soft); }
        .truth { fill: none; stroke: var(--warn); stroke-width: 2.5; }
        .bar-treated { fill: var(--brand); } .bar-control { fill: var(--lost); } .bar-skip { fill: var(--lapsing); opacity: .75; }
        .arm { --mark: var(--ink); }
        .chip { display: inline-block; border-radius: 99px; padding: 1px 10px; font-size: 12.5px; font-weight: 600; white-space: nowrap; }
        .chip.more { background: var(--brand-soft); color: var(--brand); }
        .chip.notshown { background: var(--faint); color: var(--soft); }
        .chip.less { background: var(--bad-soft); color: var(--bad); }
        .head { display: flex; justify-content: space-between; align-items: baseline; gap: 12px; flex-wrap: wrap; }
        .head .note { margin: 0; }
        .answer { font-size: 17px; font-weight: 550; margin: 8px 0; text-wrap: pretty; }
        .warning { background: var(--bad-soft); color: var(--bad); border-radius: 10px; padding: 10px 14px; font-weight: 550; }
        .truthbox { background: var(--warn-soft); color: var(--warn); border-radius: 10px; padding: 10px 14px; margin-top: 14px; font-size: 15px; }
        .s0 { fill: var(--new); } .s1 { fill: var(--active); } .s2 { fill: var(--cooling); } .s3 { fill: var(--lapsing); } .s4 { fill: var(--lapsed); } .s5 { fill: var(--lost); }
        .area { stroke: var(--card); stroke-width: 1; vector-effect: non-scaling-stroke; }
        .line { fill: none; stroke-width: 2.25; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
        .l0 { stroke: var(--c0); stroke-width: 3; } .l1 { stroke: var(--c1); } .l2 { stroke: var(--c2); } .l3 { stroke: var(--c3); } .l4 { stroke: var(--c4); }
        .k0 { fill: var(--c0); } .k1 { fill: var(--c1); } .k2 { fill: var(--c2); } .k3 { fill: var(--c3); } .k4 { fill: var(--c4); }
        table { width: 100%; border-collapse: collapse; margin-top: 12px; font-size: 15px; }
        th, td { text-align: right; padding: 5px 0 5px 12px; border-top: 1px solid var(--line); font-weight: 400; }
        th { color: var(--soft); font-size: 13px; border-top: 0; }
        th:first-child, td:first-child { text-align: left; padding-left: 0; }
        .swatch { display: inline-block; width: 12px; height: 12px; vertical-align: -1px; margin-right: 9px; }
        .none { fill: none; }
        .facts { margin: 20px 0 0; display: grid; grid-template-columns: max-content 1fr; gap: 4px 18px; font-size: 15px; }
        .facts dt { color: var(--soft); } .facts dd { margin: 0; }
        .skips { display: grid; grid-template-columns: auto minmax(60px, 140px) 1fr; gap: 3px 12px; align-items: center; font-size: 15px; }
        .skips .n { text-align: right; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)); gap: 16px 12px; }
        .tiles b { display: block; font-size: 22px; line-height: 1.25; } .tiles span { color: var(--soft); font-size: 13.5px; display: block; }
        ul.todo { list-style: none; margin: 10px 0 0; padding: 0; }
        ul.todo li { display: grid; grid-template-columns: 3.2em 1fr; gap: 10px; padding: 8px 0; border-top: 1px solid var(--line); }
        ul.todo b { color: var(--warn); text-align: right; }
        code { font: 13.5px ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; background: var(--faint); border-radius: 5px; padding: 1px 6px; }
        footer { color: var(--soft); font-size: 14px; margin-top: 26px; }
        footer h3 { color: var(--ink); } footer p { max-width: 62em; }
        @media (max-width: 640px) {
          main { padding: 22px 14px 40px; } section { padding: 18px 16px; }
          .row { grid-template-columns: 1fr auto; } .row .strip { grid-column: 1 / -1; order: 3; } .axis .name, .axis .value { display: none; }
          .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: 8px; }
        }
        @media print {
          :root {
            color-scheme: light; --paper: #fff; --card: #fff; --ink: #111; --soft: #555; --line: #ccc; --faint: #f2f2f2; --brand: #0f766e; --brand-soft: #d3ece8;
            --new: #5b8def; --active: #1f9d8b; --cooling: #e3bd4f; --lapsing: #ee9447; --lapsed: #d9543f; --lost: #8a8f98;
            --warn: #92400e; --warn-soft: #fdf0d9; --bad: #b42318; --bad-soft: #fde4e0; --c0: #111; --c1: #0f766e; --c2: #5b5fc7; --c3: #c2570c; --c4: #a21caf;
          }
          @page { margin: 14mm; }
          body { font-size: 11pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          main { max-width: none; padding: 0; } section, .figure { break-inside: avoid; border-radius: 6px; } h1 { font-size: 22pt; }
        }
        """;
}
