namespace RetentionFuncs.Messages;

/// <summary>The look of every message: colours that stay readable when a mail program turns them dark.</summary>
internal static class MessageStyle
{
    public const string Font =
        "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;";

    public const string Css = """

        .preview{display:none;max-height:0;overflow:hidden;mso-hide:all;}
        .body p{margin:0 0 16px;}
        .body p:last-child{margin-bottom:0;}
        .body ul,.body ol{margin:0 0 16px;padding-left:24px;}
        .body a{color:#0b5cad;}
        .body a.button{display:inline-block;padding:12px 24px;border-radius:6px;background-color:#0b5cad;color:#ffffff;text-decoration:none;font-weight:600;}
        .body .code{display:inline-block;padding:10px 16px;border:1px dashed #8a8577;border-radius:6px;font-family:Consolas,Menlo,'Courier New',monospace;font-size:18px;letter-spacing:1px;}
        .body img{max-width:100%;height:auto;}
        @media (max-width:480px){.head,.body,.foot{padding-left:20px!important;padding-right:20px!important;}}
        @media (prefers-color-scheme:dark){
        .page{background-color:#15171a!important;}
        .sheet{background-color:#202327!important;}
        .head{color:#eceae4!important;border-color:#34383d!important;}
        .body{color:#eceae4!important;}
        .body a{color:#8ab8f0;}
        .body a.button{background-color:#8ab8f0;color:#10233a;}
        .foot,.quiet{color:#a9adb3!important;}
        }

        """;
}
