<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AccountCard</name>
    <message>
        <source>Access token …</source>
        <translation>访问令牌…</translation>
    </message>
    <message>
        <source>Hugging Face Hub</source>
        <translation>Hugging Face Hub</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>访问的 Hub</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>访问令牌</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前状态</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>online</source>
        <translation>在线</translation>
    </message>
</context>
<context>
    <name>AddressField</name>
    <message>
        <source>Base URL for OpenAI clients</source>
        <translation>供 OpenAI 客户端使用的基础 URL</translation>
    </message>
    <message>
        <source>OpenAI base URL</source>
        <translation>OpenAI 基础 URL</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>No address while the engine room does not answer</source>
        <translation>引擎室没有应答，暂无地址</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>Answer</name>
    <message>
        <source>What the model thought</source>
        <translation>模型的思考过程</translation>
    </message>
    <message>
        <source>Thinking …</source>
        <translation>正在思考…</translation>
    </message>
    <message>
        <source>what the model thought</source>
        <translation>模型的思考过程</translation>
    </message>
    <message>
        <source>Waiting for the first token …</source>
        <translation>正在等待首个 token…</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>复制回答</translation>
    </message>
    <message>
        <source>Ask this again</source>
        <translation>重新提问</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>AskBar</name>
    <message>
        <source>Your question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter begins a new line, Escape stops the answer</source>
        <translation>Enter 发送，Shift+Enter 换行，Esc 停止回答</translation>
    </message>
    <message>
        <source>Attach a picture</source>
        <translation>附加图片</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>This is no picture that can be read, or it is too large.</source>
        <translation>这不是可读取的图片，或者图片过大。</translation>
    </message>
    <message>
        <source>At most {count} pictures go with a question.</source>
        <translation>每个问题最多附带 {count} 张图片。</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.gif *.bmp)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.webp *.gif *.bmp)</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>停止回答</translation>
    </message>
</context>
<context>
    <name>Attention</name>
    <message>
        <source>Something unexpected happened in this window: {what}</source>
        <translation>此窗口发生意外错误：{what}</translation>
    </message>
    <message>
        <source>{model}: {what}</source>
        <translation>{model}：{what}</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>End them</source>
        <translation>结束它们</translation>
    </message>
    <message>
        <source>Connecting to the engine room …</source>
        <translation>正在连接引擎室…</translation>
    </message>
    <message>
        <source>Starting the engine room …</source>
        <translation>正在启动引擎室…</translation>
    </message>
    <message>
        <source>Restart this window</source>
        <translation>重启此窗口</translation>
    </message>
    <message>
        <source>Start it there</source>
        <translation>在那里启动</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Nothing of ours is left to end. The memory is free once the driver has taken it back.</source>
        <translation>本程序已没有可结束的进程。驱动收回显存后即可使用。</translation>
    </message>
    <message>
        <source>Connection to the engine room lost. {what} This window reconnects by itself.</source>
        <translation>与引擎室的连接已断开。{what}此窗口会自动重新连接。</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新启动</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Restart engine room</source>
        <translation>重启引擎室</translation>
    </message>
</context>
<context>
    <name>Background</name>
    <message>
        <source>This computer may fall asleep while a model is served, for it could not be kept awake: {why}</source>
        <translation>提供模型服务期间，这台计算机可能会进入睡眠，因为无法使其保持唤醒：{why}</translation>
    </message>
    <message>
        <source>Press the icon to open the window again; its menu has Quit. Engines go on either way.</source>
        <translation>点按图标可重新打开窗口，图标菜单中可退出。无论怎样，引擎都会继续运行。</translation>
    </message>
    <message>
        <source>Engineroom stays in the tray</source>
        <translation>Engineroom 会留在托盘中</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Mend this</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>BuildAsk</name>
    <message>
        <source>Model to build an engine of</source>
        <translation>要构建引擎的模型</translation>
    </message>
    <message>
        <source>A model, such as Qwen/Qwen3-8B</source>
        <translation>模型，例如 Qwen/Qwen3-8B</translation>
    </message>
    <message>
        <source>Context in tokens</source>
        <translation>上下文（token）</translation>
    </message>
    <message>
        <source>Context: as planned</source>
        <translation>上下文：按方案</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>并发请求数</translation>
    </message>
    <message>
        <source>At once: 1</source>
        <translation>并发：1</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Precision: as planned</source>
        <translation>精度：按方案</translation>
    </message>
    <message>
        <source>&amp;Plan first</source>
        <translation>先规划(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Build</source>
        <translation>构建(&amp;B)</translation>
    </message>
</context>
<context>
    <name>BuildList</name>
    <message>
        <source>Builds</source>
        <translation>构建任务</translation>
    </message>
</context>
<context>
    <name>CaptureCard</name>
    <message>
        <source>For how long</source>
        <translation>持续多久</translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>Write them down</source>
        <translation>开始记录</translation>
    </message>
    <message>
        <source>Prompts and answers</source>
        <translation>提示词与回答</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>结束记录</translation>
    </message>
    <message>
        <source>They are not being kept. To find a fault they can be written to a file that only you can read.</source>
        <translation>目前不保留。排查问题时可写入一个只有当前用户能读取的文件。</translation>
    </message>
    <message>
        <source>They are being written to {path}.</source>
        <translation>正在写入 {path}。</translation>
    </message>
</context>
<context>
    <name>CardText</name>
    <message>
        <source>Model card</source>
        <translation>模型卡片</translation>
    </message>
</context>
<context>
    <name>ChartBoard</name>
    <message>
        <source>Time shown</source>
        <translation>显示的时间范围</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 分钟</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 小时</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>每秒 token 数</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>功耗</translation>
    </message>
    <message>
        <source>Card memory</source>
        <translation>显存</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>all requests</source>
        <translation>所有请求</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>随时间变化</translation>
    </message>
    <message>
        <source>its memory</source>
        <translation>其显存</translation>
    </message>
    <message>
        <source>its temperature</source>
        <translation>其温度</translation>
    </message>
    <message>
        <source>The past could not be read</source>
        <translation>无法读取历史数据</translation>
    </message>
    <message>
        <source>Reading the past …</source>
        <translation>正在读取历史数据…</translation>
    </message>
    <message>
        <source>No tokens in the {span}</source>
        <translation>{span}内没有 token</translation>
    </message>
    <message>
        <source>Serve a model and ask it something; the rate is drawn here.</source>
        <translation>启动一个模型的服务并提问，速率会绘制在这里。</translation>
    </message>
    <message>
        <source>No card here reports {what}</source>
        <translation>没有显卡报告{what}</translation>
    </message>
    <message>
        <source>Some laptop and virtual cards keep it from the driver.</source>
        <translation>部分笔记本显卡和虚拟显卡不向驱动程序提供此项。</translation>
    </message>
    <message>
        <source>Nothing was recorded in the {span}</source>
        <translation>{span}内没有记录</translation>
    </message>
    <message>
        <source>It fills up while the engine room runs.</source>
        <translation>引擎室运行期间会逐渐填充。</translation>
    </message>
</context>
<context>
    <name>ChatHead</name>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Compare two models</source>
        <translation>比较两个模型</translation>
    </message>
    <message>
        <source>How answers are made</source>
        <translation>回答的生成方式</translation>
    </message>
</context>
<context>
    <name>ChatList</name>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Delete this chat</source>
        <translation>删除此对话</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Keep chats on this computer</source>
        <translation>在此电脑上保留对话</translation>
    </message>
    <message>
        <source>No chats yet</source>
        <translation>还没有对话</translation>
    </message>
    <message>
        <source>They could not be written to {folder}: {why}.</source>
        <translation>无法写入 {folder}：{why}。</translation>
    </message>
    <message>
        <source>Written to {folder}, unencrypted; only your user can read it.</source>
        <translation>写入 {folder}，未加密；只有当前用户能读取。</translation>
    </message>
    <message>
        <source>They are forgotten when this window closes; nothing is written.</source>
        <translation>关闭此窗口后即被遗忘，不写入任何内容。</translation>
    </message>
</context>
<context>
    <name>ChatOptions</name>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>How freely words are chosen; 0 always takes the likeliest.</source>
        <translation>选词的随机程度；0 表示总是选择概率最高的词。</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Only the likeliest words that make up this share are chosen from.</source>
        <translation>只从累计概率达到此比例的高概率词中选择。</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Only so many of the likeliest words are chosen from; 0 takes all.</source>
        <translation>只从概率最高的若干个词中选择；0 表示不限。</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Words less likely than this share of the likeliest are left out.</source>
        <translation>概率低于最高概率词此比例的词不予考虑。</translation>
    </message>
    <message>
        <source>Most tokens</source>
        <translation>最大 token 数</translation>
    </message>
    <message>
        <source>The answer is cut off after so many tokens.</source>
        <translation>回答达到此 token 数后截断。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The same seed gives the same answer, where the runtime can do that.</source>
        <translation>在运行时支持的情况下，相同的种子产生相同的回答。</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation>存为预设</translation>
    </message>
    <message>
        <source>Delete this preset</source>
        <translation>删除此预设</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>What the model is told before the conversation</source>
        <translation>对话开始前告诉模型的内容</translation>
    </message>
    <message>
        <source>engine&apos;s own</source>
        <translation>引擎默认</translation>
    </message>
    <message>
        <source>How answers are made</source>
        <translation>回答的生成方式</translation>
    </message>
    <message>
        <source>The engine&apos;s own</source>
        <translation>引擎默认</translation>
    </message>
    <message>
        <source>Precise</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>Creative</source>
        <translation>创意</translation>
    </message>
    <message>
        <source>Repeatable</source>
        <translation>可复现</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>已修改</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
</context>
<context>
    <name>ChatPane</name>
    <message>
        <source>{model}, not here</source>
        <translation>{model}（不在此处）</translation>
    </message>
    <message>
        <source>Model to ask</source>
        <translation>要提问的模型</translation>
    </message>
    <message>
        <source>Compare no longer</source>
        <translation>停止比较</translation>
    </message>
    <message>
        <source>Answering …</source>
        <translation>正在回答…</translation>
    </message>
</context>
<context>
    <name>ChatWelcome</name>
    <message>
        <source>This chat uses the same address as any other program. What is asked goes nowhere else.</source>
        <translation>此对话与其他程序使用同一个地址。提问内容不会发往别处。</translation>
    </message>
    <message>
        <source>What is the capital of France?</source>
        <translation>法国的首都是哪里？</translation>
    </message>
    <message>
        <source>Explain in two sentences why the sky is blue.</source>
        <translation>用两句话解释天空为什么是蓝色的。</translation>
    </message>
    <message>
        <source>Write a short poem about an engine room.</source>
        <translation>写一首关于机舱的短诗。</translation>
    </message>
    <message>
        <source>Ask {first} and {second}</source>
        <translation>向 {first} 和 {second} 提问</translation>
    </message>
    <message>
        <source>Ask {first}</source>
        <translation>向 {first} 提问</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>Copy the code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Code in {language}</source>
        <translation>{language} 代码</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>ConnectAsk</name>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>The other computer is reached through an SSH tunnel. This address works on this computer, and as long as this window is open.</source>
        <translation>另一台电脑通过 SSH 隧道连接。此地址在此电脑上有效，且仅在此窗口打开期间有效。</translation>
    </message>
    <message>
        <source>Known once the engine room answers</source>
        <translation>引擎室应答后即可得知</translation>
    </message>
    <message>
        <source>YOUR_KEY</source>
        <translation>YOUR_KEY</translation>
    </message>
    <message>
        <source>This computer: {address}</source>
        <translation>此电脑：{address}</translation>
    </message>
    <message>
        <source>Tunnel of this window to {machine}: {address}</source>
        <translation>此窗口到 {machine} 的隧道：{address}</translation>
    </message>
    <message>
        <source>Other computers: {address}</source>
        <translation>其他电脑：{address}</translation>
    </message>
    <message>
        <source>Enter a key</source>
        <translation>输入密钥</translation>
    </message>
    <message>
        <source>Not needed here</source>
        <translation>此处不需要</translation>
    </message>
</context>
<context>
    <name>ConnectGuide</name>
    <message>
        <source>{name} cannot ask this computer.</source>
        <translation>{name} 无法向此电脑提问。</translation>
    </message>
    <message>
        <source>In the shell it starts from: trust the certificate</source>
        <translation>在启动该程序的 shell 中：信任此证书</translation>
    </message>
</context>
<context>
    <name>ConnectPage</name>
    <message>
        <source>Programs</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Find a program</source>
        <translation>查找程序</translation>
    </message>
    <message>
        <source>The engine room is not running.</source>
        <translation>引擎室未运行。</translation>
    </message>
    <message>
        <source>Once it answers, each program&apos;s settings stand here, for its address and models.</source>
        <translation>它应答后，这里会列出各程序的设置，包含它的地址和模型。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>No program is called like this.</source>
        <translation>没有这个名称的程序。</translation>
    </message>
    <message>
        <source>Any program that speaks an OpenAI-compatible interface can use the address.</source>
        <translation>任何支持 OpenAI 兼容接口的程序都可以使用此地址。</translation>
    </message>
</context>
<context>
    <name>DecisionList</name>
    <message>
        <source>Unloaded and turned away</source>
        <translation>已卸载与已拒绝</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>This window ended unexpectedly last time; nothing else was harmed. The note is in {path}.</source>
        <translation>此窗口上次意外结束，未造成其他损害。记录位于 {path}。</translation>
    </message>
    <message>
        <source>Write a support file</source>
        <translation>生成支持文件</translation>
    </message>
</context>
<context>
    <name>Dial</name>
    <message>
        <source>Largest that fits: {value}</source>
        <translation>可容纳的最大值：{value}</translation>
    </message>
    <message>
        <source>Nothing fits</source>
        <translation>都无法容纳</translation>
    </message>
    <message>
        <source>Largest: not known</source>
        <translation>最大值：未知</translation>
    </message>
    <message>
        <source>{caption}: {what}</source>
        <translation>{caption}：{what}</translation>
    </message>
</context>
<context>
    <name>DiskGauge</name>
    <message>
        <source>Models {used}</source>
        <translation>模型占用 {used}</translation>
    </message>
    <message>
        <source>Models {used}, {free} free</source>
        <translation>模型占用 {used}，剩余 {free}</translation>
    </message>
    <message>
        <source>Models are kept in {path}</source>
        <translation>模型保存在 {path}</translation>
    </message>
</context>
<context>
    <name>DownloadList</name>
    <message>
        <source>Downloads</source>
        <translation>下载</translation>
    </message>
</context>
<context>
    <name>DownloadRow</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Cancel, and delete what has arrived: {subject}</source>
        <translation>取消并删除已下载的内容：{subject}</translation>
    </message>
    <message>
        <source>Cancel: {subject}</source>
        <translation>取消：{subject}</translation>
    </message>
    <message>
        <source>Show no longer: {subject}</source>
        <translation>不再显示：{subject}</translation>
    </message>
</context>
<context>
    <name>EnergyCard</name>
    <message>
        <source>Energy</source>
        <translation>能耗</translation>
    </message>
    <message>
        <source>Energy of the last 30 days</source>
        <translation>最近 30 天的能耗</translation>
    </message>
    <message>
        <source>Grouped</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>按模型</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>按日期</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Export the energy records to a file</source>
        <translation>将能耗记录导出到文件</translation>
    </message>
    <message>
        <source>last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Nothing measured yet</source>
        <translation>尚无测量数据</translation>
    </message>
    <message>
        <source>The engine room is not connected.</source>
        <translation>引擎室未连接。</translation>
    </message>
    <message>
        <source>The energy table could not be read</source>
        <translation>无法读取能耗表</translation>
    </message>
    <message>
        <source>Reading the energy table …</source>
        <translation>正在读取能耗表…</translation>
    </message>
    <message>
        <source>No request was answered in the last 30 days</source>
        <translation>最近 30 天没有回答过请求</translation>
    </message>
    <message>
        <source>Serve a model and ask it something; what it costs is listed here.</source>
        <translation>启动一个模型的服务并提问，开销会列在这里。</translation>
    </message>
    <message>
        <source>Unloading the model saves about {power} while nobody asks.</source>
        <translation>无人提问时卸载模型，约可节省 {power}。</translation>
    </message>
    <message>
        <source>≈ is estimated from power readings, give or take 10 %.</source>
        <translation>≈ 表示根据功耗读数估算，误差约 10%。</translation>
    </message>
    <message>
        <source>No card or processor here reports its energy.</source>
        <translation>此处没有显卡或处理器报告能耗。</translation>
    </message>
    <message>
        <source>Cost at {price} per kWh.</source>
        <translation>费用按每 kWh {price} 计算。</translation>
    </message>
</context>
<context>
    <name>EnergyExport</name>
    <message>
        <source>Table for a spreadsheet (*.csv)</source>
        <translation>电子表格 (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Export the energy records</source>
        <translation>导出能耗记录</translation>
    </message>
    <message>
        <source>{path} could not be written: {reason}.</source>
        <translation>无法写入 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Saved to {path}.</source>
        <translation>已保存到 {path}。</translation>
    </message>
    <message>
        <source>The records could not be read. {why}</source>
        <translation>无法读取记录。{why}</translation>
    </message>
</context>
<context>
    <name>EngineCard</name>
    <message>
        <source>No model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>Nothing to serve</source>
        <translation>没有可提供服务的模型</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Chat with this model</source>
        <translation>与此模型对话</translation>
    </message>
    <message>
        <source>Log of this engine</source>
        <translation>此引擎的日志</translation>
    </message>
    <message>
        <source>Tokens/s now</source>
        <translation>当前 token/s</translation>
    </message>
    <message>
        <source>Last answer</source>
        <translation>上次回答</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>首个 token</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>功耗</translation>
    </message>
    <message>
        <source>Per token</source>
        <translation>每 token</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Last start: {text}</source>
        <translation>上次启动：{text}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Serve</source>
        <translation>启动服务</translation>
    </message>
    <message>
        <source>Stop serving {model}</source>
        <translation>停止 {model} 的服务</translation>
    </message>
    <message>
        <source>Serve {model}</source>
        <translation>启动 {model} 的服务</translation>
    </message>
</context>
<context>
    <name>EngineExport</name>
    <message>
        <source>Export the engine</source>
        <translation>导出引擎</translation>
    </message>
</context>
<context>
    <name>EngineFacts</name>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>并发</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Runs with {runtime}. Device, context and memory are known once it serves.</source>
        <translation>使用 {runtime} 运行。设备、上下文和内存在开始服务后可知。</translation>
    </message>
    <message>
        <source>one request</source>
        <translation>1 个请求</translation>
    </message>
    <message>
        <source>{count} requests</source>
        <translation>{count} 个请求</translation>
    </message>
    <message>
        <source>{slots}, one CPU thread</source>
        <translation>{slots}，1 个 CPU 线程</translation>
    </message>
    <message>
        <source>{slots}, {count} CPU threads</source>
        <translation>{slots}，{count} 个 CPU 线程</translation>
    </message>
</context>
<context>
    <name>EngineKeeping</name>
    <message>
        <source>Let go of {model}</source>
        <translation>取消固定 {model}</translation>
    </message>
    <message>
        <source>Keep {model} loaded</source>
        <translation>保持 {model} 已加载</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>It may be unloaded again when it is idle.</source>
        <translation>空闲时可再次被卸载。</translation>
    </message>
    <message>
        <source>It is not unloaded for being idle, and makes room for no other.</source>
        <translation>不会因空闲而卸载，也不为其他模型让出空间。</translation>
    </message>
</context>
<context>
    <name>EnginePane</name>
    <message>
        <source>simulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>比较对象</translation>
    </message>
    <message>
        <source>&amp;Serve</source>
        <translation>启动服务(&amp;S)</translation>
    </message>
    <message>
        <source>Build &amp;again</source>
        <translation>重新构建(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>校验(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Export …</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Trial run</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>Planned (estimate)</source>
        <translation>规划值（估算）</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Cache format</source>
        <translation>缓存格式</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} token</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>并发请求数</translation>
    </message>
    <message>
        <source>Called a tool</source>
        <translation>调用过工具</translation>
    </message>
    <message>
        <source>Kept to a schema</source>
        <translation>遵循了 JSON Schema</translation>
    </message>
    <message>
        <source>Built</source>
        <translation>构建时间</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>磁盘占用</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>未测试</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Compare with …</source>
        <translation>比较对象…</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并列比较</translation>
    </message>
</context>
<context>
    <name>EnginesPage</name>
    <message>
        <source>Engines</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>The engine room is not running.</source>
        <translation>引擎室未运行。</translation>
    </message>
    <message>
        <source>It builds engines and keeps them. Once it answers, they stand here.</source>
        <translation>引擎由它构建和保存。它应答后，会列在这里。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>No engine was built here yet.</source>
        <translation>这里还没有构建过引擎。</translation>
    </message>
    <message>
        <source>An engine is a model made ready for this card by TensorRT-LLM, tried and measured. Name a model above; GGUF models are served without being built.</source>
        <translation>引擎是由 TensorRT-LLM 为此显卡准备好，并经过试运行和测量的模型。请在上方指定模型；GGUF 模型无需构建即可服务。</translation>
    </message>
    <message>
        <source>Reading every file …</source>
        <translation>正在读取每个文件…</translation>
    </message>
    <message>
        <source>Remove {engine}? It takes its trial run with it; the model stays.</source>
        <translation>移除 {engine}？其试运行结果会一并移除，模型会保留。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Build it all the same</source>
        <translation>仍然构建</translation>
    </message>
    <message>
        <source>Every file is as it was when the engine was sealed.</source>
        <translation>每个文件都与引擎封存时一致。</translation>
    </message>
    <message>
        <source>These files are not as they were: {files}. Build it again.</source>
        <translation>这些文件已与原来不同：{files}。请重新构建。</translation>
    </message>
    <message>
        <source>Saved to {path}, {size}.</source>
        <translation>已保存到 {path}，{size}。</translation>
    </message>
</context>
<context>
    <name>Estimate</name>
    <message>
        <source>no estimate</source>
        <translation>无估算</translation>
    </message>
    <message>
        <source>{caption}, measured here: {value}</source>
        <translation>{caption}，在此实测：{value}</translation>
    </message>
    <message>
        <source>{caption}, estimate: {value}</source>
        <translation>{caption}，估算：{value}</translation>
    </message>
</context>
<context>
    <name>FindingCard</name>
    <message>
        <source>Do it all the same</source>
        <translation>仍然执行</translation>
    </message>
    <message>
        <source>{engine}: {what}</source>
        <translation>{engine}：{what}</translation>
    </message>
    <message>
        <source>{engine} failed, and why is not known: {what}</source>
        <translation>{engine} 失败，原因不明：{what}</translation>
    </message>
    <message>
        <source>It would do this:</source>
        <translation>将执行以下操作：</translation>
    </message>
    <message>
        <source>Done:</source>
        <translation>已完成：</translation>
    </message>
    <message>
        <source>What would it do?</source>
        <translation>会做什么？</translation>
    </message>
    <message>
        <source>Do it</source>
        <translation>执行</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>打开网页</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>End {program}</source>
        <translation>结束 {program}</translation>
    </message>
    <message>
        <source>Copied, to be run in a terminal: {command}</source>
        <translation>已复制，请在终端中运行：{command}</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
</context>
<context>
    <name>FoundList</name>
    <message>
        <source>What was found</source>
        <translation>检测结果</translation>
    </message>
</context>
<context>
    <name>FoundStep</name>
    <message>
        <source>Engineroom serves language models on this computer, to programs on this computer.</source>
        <translation>Engineroom 在此电脑上为此电脑上的程序提供语言模型服务。</translation>
    </message>
    <message>
        <source>What this computer has</source>
        <translation>此电脑的配置</translation>
    </message>
    <message>
        <source>Looking for NVIDIA cards …</source>
        <translation>正在查找 NVIDIA 显卡…</translation>
    </message>
</context>
<context>
    <name>GpuCard</name>
    <message>
        <source>VRAM</source>
        <translation>显存</translation>
    </message>
    <message>
        <source>Shared memory</source>
        <translation>共享内存</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>功耗</translation>
    </message>
    <message>
        <source>Temp</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>Power limit {limit}</source>
        <translation>功耗上限 {limit}</translation>
    </message>
</context>
<context>
    <name>GpuPanel</name>
    <message>
        <source>Memory, shared with the computer</source>
        <translation>内存，与电脑共享</translation>
    </message>
    <message>
        <source>VRAM</source>
        <translation>显存</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>Clocks, SM / memory</source>
        <translation>频率，SM / 显存</translation>
    </message>
    <message>
        <source>Fan</source>
        <translation>风扇</translation>
    </message>
    <message>
        <source>P-state</source>
        <translation>P-state</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>以及另外 {n} 个</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>unified memory</source>
        <translation>统一内存</translation>
    </message>
    <message>
        <source>Who holds the memory: not reported</source>
        <translation>显存占用者：未报告</translation>
    </message>
    <message>
        <source>No program holds memory of this card</source>
        <translation>没有程序占用此显卡的显存</translation>
    </message>
</context>
<context>
    <name>HabitsMenu</name>
    <message>
        <source>&amp;By itself</source>
        <translation>自动行为(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Start with the session</source>
        <translation>随会话启动(&amp;S)</translation>
    </message>
    <message>
        <source>Closing &amp;leaves it in the tray</source>
        <translation>关闭窗口后留在托盘中(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Tell when long work ends</source>
        <translation>耗时任务结束时通知(&amp;T)</translation>
    </message>
    <message>
        <source>Stay a&amp;wake while a model is served</source>
        <translation>提供模型服务时保持唤醒(&amp;A)</translation>
    </message>
    <message>
        <source>This desktop has no tray.</source>
        <translation>此桌面没有托盘。</translation>
    </message>
    <message>
        <source>This needs systemd-inhibit, which is not here.</source>
        <translation>此功能需要 systemd-inhibit，但这里没有。</translation>
    </message>
    <message>
        <source>Starting with the session could not be set: {why}</source>
        <translation>无法设置随会话启动：{why}</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Show the log</source>
        <translation>显示日志</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Connection lost</source>
        <translation>连接已断开</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>Not compatible</source>
        <translation>不兼容</translation>
    </message>
    <message>
        <source>Did not start</source>
        <translation>未能启动</translation>
    </message>
    <message>
        <source>Colours: {choice}</source>
        <translation>颜色：{choice}</translation>
    </message>
    <message>
        <source>as the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>high contrast, light</source>
        <translation>高对比度浅色</translation>
    </message>
    <message>
        <source>high contrast, dark</source>
        <translation>高对比度深色</translation>
    </message>
</context>
<context>
    <name>HomeCharts</name>
    <message>
        <source>Tokens per second</source>
        <translation>每秒 token 数</translation>
    </message>
    <message>
        <source>all requests</source>
        <translation>所有请求</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>功耗</translation>
    </message>
    <message>
        <source>Nothing measured yet</source>
        <translation>尚无测量数据</translation>
    </message>
    <message>
        <source>The engine room is not connected.</source>
        <translation>引擎室未连接。</translation>
    </message>
    <message>
        <source>The model is being loaded</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>The rate of all requests is drawn here.</source>
        <translation>所有请求的速率会绘制在这里。</translation>
    </message>
    <message>
        <source>No tokens in the last five minutes</source>
        <translation>最近五分钟没有 token</translation>
    </message>
    <message>
        <source>Ask something in the chat, or point a client at the address above.</source>
        <translation>在对话中提问，或让客户端使用上方的地址。</translation>
    </message>
    <message>
        <source>No model is being served</source>
        <translation>没有正在服务的模型</translation>
    </message>
    <message>
        <source>Press Serve; the rate of all requests is drawn here.</source>
        <translation>按“启动服务”，所有请求的速率会绘制在这里。</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Recommended for this computer</source>
        <translation>推荐用于此电脑</translation>
    </message>
</context>
<context>
    <name>HostCard</name>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>CPU power</source>
        <translation>CPU 功耗</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>此电脑</translation>
    </message>
</context>
<context>
    <name>HostPanel</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{driver}, CUDA up to {cuda}</source>
        <translation>{driver}，CUDA 最高 {cuda}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>NVIDIA driver</source>
        <translation>NVIDIA 驱动程序</translation>
    </message>
    <message>
        <source>CPU power</source>
        <translation>CPU 功耗</translation>
    </message>
</context>
<context>
    <name>KeySection</name>
    <message>
        <source>I have it</source>
        <translation>已记下</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name, such as laptop</source>
        <translation>名称，例如 laptop</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Models: all of them</source>
        <translation>模型：全部</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>Days: for ever</source>
        <translation>天数：永久</translation>
    </message>
    <message>
        <source>Requests per minute</source>
        <translation>每分钟请求数</translation>
    </message>
    <message>
        <source>Requests per minute: any</source>
        <translation>每分钟请求数：不限</translation>
    </message>
    <message>
        <source>Tokens per day</source>
        <translation>每天 token 数</translation>
    </message>
    <message>
        <source>Tokens per day: any</source>
        <translation>每天 token 数：不限</translation>
    </message>
    <message>
        <source>Joules per day</source>
        <translation>每天焦耳数</translation>
    </message>
    <message>
        <source>Joules per day: any</source>
        <translation>每天焦耳数：不限</translation>
    </message>
    <message>
        <source>&amp;Make the key</source>
        <translation>创建密钥(&amp;M)</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>There are no keys.</source>
        <translation>没有密钥。</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>吊销</translation>
    </message>
    <message>
        <source>Revoke {name}</source>
        <translation>吊销 {name}</translation>
    </message>
    <message>
        <source>revoked</source>
        <translation>已吊销</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>有效期至 {day}</translation>
    </message>
    <message>
        <source>models {models}</source>
        <translation>模型 {models}</translation>
    </message>
    <message>
        <source>routes {routes}</source>
        <translation>路由 {routes}</translation>
    </message>
    <message>
        <source>{count} requests a minute</source>
        <translation>每分钟 {count} 个请求</translation>
    </message>
    <message>
        <source>{count} tokens a day</source>
        <translation>每天 {count} token</translation>
    </message>
    <message>
        <source>{count} J a day</source>
        <translation>每天 {count} J</translation>
    </message>
    <message>
        <source>today {tokens} tokens, {joules} J</source>
        <translation>今天 {tokens} token，{joules} J</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>A new key</source>
        <translation>新密钥</translation>
    </message>
    <message>
        <source>Routes; none chosen means all:</source>
        <translation>路由；不选表示全部：</translation>
    </message>
    <message>
        <source>This is the only time it is shown.</source>
        <translation>密钥只在此时显示一次。</translation>
    </message>
    <message>
        <source>Days, requests, tokens and joules are numbers, or empty.</source>
        <translation>天数、请求数、token 数和焦耳数须为数字，或留空。</translation>
    </message>
    <message>
        <source>Key {name}</source>
        <translation>密钥 {name}</translation>
    </message>
    <message>
        <source>Revoke {name}? Programs that use it are refused from now on.</source>
        <translation>吊销 {name}？使用它的程序从现在起会被拒绝。</translation>
    </message>
</context>
<context>
    <name>LastRequest</name>
    <message>
        <source>Last request</source>
        <translation>上次请求</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>首个 token</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Tokens in / out</source>
        <translation>输入 / 输出 token</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>All requests</source>
        <translation>所有请求</translation>
    </message>
    <message>
        <source>{prompt} / {completion}</source>
        <translation>{prompt} / {completion}</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已回答</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
</context>
<context>
    <name>ListEmpty</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>LogDrawer</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <translation>尚未写入任何内容。</translation>
    </message>
    <message>
        <source>&amp;Follow</source>
        <translation>跟随(&amp;F)</translation>
    </message>
    <message>
        <source>Follow new lines</source>
        <translation>跟随新的行</translation>
    </message>
    <message>
        <source>Close the log</source>
        <translation>关闭日志</translation>
    </message>
    <message>
        <source>({count} lines were missed here)</source>
        <translation>（此处缺失 {count} 行）</translation>
    </message>
</context>
<context>
    <name>LogSave</name>
    <message>
        <source>Save the log</source>
        <translation>保存日志</translation>
    </message>
    <message>
        <source>{path} could not be written: {reason}.</source>
        <translation>无法写入 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Saved to {path}.</source>
        <translation>已保存到 {path}。</translation>
    </message>
</context>
<context>
    <name>LogTools</name>
    <message>
        <source>Written by</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>All of them</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation>在日志中查找</translation>
    </message>
    <message>
        <source>&amp;Follow</source>
        <translation>跟随(&amp;F)</translation>
    </message>
    <message>
        <source>Follow new lines</source>
        <translation>跟随新的行</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Copy the chosen lines, or all that are listed</source>
        <translation>复制选中的行，或列出的所有行</translation>
    </message>
    <message>
        <source>Save the lines that are listed</source>
        <translation>保存列出的行</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Log lines</source>
        <translation>日志行</translation>
    </message>
</context>
<context>
    <name>LogsPage</name>
    <message>
        <source>Copied: {count} lines.</source>
        <translation>已复制：{count} 行。</translation>
    </message>
    <message>
        <source>{rows} of {total} lines</source>
        <translation>{rows} / {total} 行</translation>
    </message>
    <message>
        <source>; {count} were missed, because they came too fast</source>
        <translation>；因写入过快缺失 {count} 行</translation>
    </message>
    <message>
        <source>; paused, new lines wait</source>
        <translation>；已暂停，新的行在等待</translation>
    </message>
    <message>
        <source>Engines and the engine room write here.</source>
        <translation>引擎和引擎室的日志写在这里。</translation>
    </message>
    <message>
        <source>No line is like this.</source>
        <translation>没有匹配的行。</translation>
    </message>
    <message>
        <source>Look for other words, or at all levels.</source>
        <translation>换用其他关键词，或查看所有级别。</translation>
    </message>
    <message>
        <source>The engine room is not running.</source>
        <translation>引擎室未运行。</translation>
    </message>
    <message>
        <source>Once it answers, its lines stand here.</source>
        <translation>它应答后，日志会显示在这里。</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <translation>尚未写入任何内容。</translation>
    </message>
</context>
<context>
    <name>LookCard</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast, light</source>
        <translation>高对比度浅色</translation>
    </message>
    <message>
        <source>High contrast, dark</source>
        <translation>高对比度深色</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Restart this window</source>
        <translation>重启此窗口</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>此窗口</translation>
    </message>
    <message>
        <source>The window speaks it after it was closed and opened again.</source>
        <translation>关闭并重新打开窗口后生效。</translation>
    </message>
</context>
<context>
    <name>MachineCard</name>
    <message>
        <source>as of {time}</source>
        <translation>截至 {time}</translation>
    </message>
</context>
<context>
    <name>MachineChip</name>
    <message>
        <source>Another computer: {name}</source>
        <translation>另一台电脑：{name}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Engineroom</source>
        <translation>Engineroom</translation>
    </message>
    <message>
        <source>Hide the log</source>
        <translation>隐藏日志</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>显示日志</translation>
    </message>
</context>
<context>
    <name>MarkdownText</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Open link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>Open this address in the browser?</source>
        <translation>在浏览器中打开此地址？</translation>
    </message>
</context>
<context>
    <name>MemoryBar</name>
    <message>
        <source>ours</source>
        <translation>本程序</translation>
    </message>
    <message>
        <source>used</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>others</source>
        <translation>其他程序</translation>
    </message>
    <message>
        <source>free</source>
        <translation>空闲</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Connect to another computer</source>
        <translation>连接到另一台电脑</translation>
    </message>
    <message>
        <source>Its name, as ssh takes it: host or user@host</source>
        <translation>ssh 使用的名称：host 或 user@host</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Write a support file</source>
        <translation>生成支持文件</translation>
    </message>
    <message>
        <source>About Engineroom</source>
        <translation>关于 Engineroom</translation>
    </message>
    <message>
        <source>Engineroom {version}</source>
        <translation>Engineroom {version}</translation>
    </message>
    <message>
        <source>Sees the machine, serves a model, shows what it costs.</source>
        <translation>看清机器，运行模型，显示开销。</translation>
    </message>
    <message>
        <source>Licence: Apache 2.0. Made with Qt {qt} (LGPL 3) and Python {python}.</source>
        <translation>许可证：Apache 2.0。使用 Qt {qt}（LGPL 3）和 Python {python} 制作。</translation>
    </message>
    <message>
        <source>The support file is {path}. Secrets are taken out; look into it before you pass it on.</source>
        <translation>支持文件位于 {path}。其中的机密已移除；转交前请先查看。</translation>
    </message>
    <message>
        <source>The support file could not be written: {why}</source>
        <translation>无法写入支持文件：{why}</translation>
    </message>
    <message>
        <source>&amp;Serve or stop</source>
        <translation>启动或停止服务(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Copy the address</source>
        <translation>复制地址(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;New chat</source>
        <translation>新对话(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Ask</source>
        <translation>提问(&amp;A)</translation>
    </message>
    <message>
        <source>Show or hide the &amp;log</source>
        <translation>显示或隐藏日志(&amp;L)</translation>
    </message>
    <message>
        <source>Fold the s&amp;idebar</source>
        <translation>折叠侧边栏(&amp;I)</translation>
    </message>
    <message>
        <source>Change c&amp;olours</source>
        <translation>更改颜色(&amp;O)</translation>
    </message>
    <message>
        <source>Connect to another co&amp;mputer …</source>
        <translation>连接到另一台电脑(&amp;M)…</translation>
    </message>
    <message>
        <source>Firs&amp;t steps</source>
        <translation>入门步骤(&amp;T)</translation>
    </message>
    <message>
        <source>Abo&amp;ut Engineroom</source>
        <translation>关于 Engineroom(&amp;U)</translation>
    </message>
    <message>
        <source>Write a support &amp;file …</source>
        <translation>生成支持文件(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>Get</source>
        <translation>获取</translation>
    </message>
    <message>
        <source>Open plan</source>
        <translation>查看方案</translation>
    </message>
    <message>
        <source>Serve the one here</source>
        <translation>使用本地的</translation>
    </message>
    <message>
        <source>Open page</source>
        <translation>打开网页</translation>
    </message>
    <message>
        <source>Remove …</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Ways to have it</source>
        <translation>获取方式</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>模型卡片</translation>
    </message>
    <message>
        <source>Looking at its files …</source>
        <translation>正在查看其文件…</translation>
    </message>
    <message>
        <source>Runs on {runtime}, which cannot be started from here yet; GGUF files can.</source>
        <translation>需要 {runtime}，目前还无法从这里启动；GGUF 文件可以。</translation>
    </message>
    <message>
        <source>Being served</source>
        <translation>正在服务</translation>
    </message>
    <message>
        <source>Serve</source>
        <translation>启动服务</translation>
    </message>
    <message>
        <source>Asking the Hub …</source>
        <translation>正在查询 Hub…</translation>
    </message>
    <message>
        <source>Open the licence page</source>
        <translation>打开许可证页面</translation>
    </message>
    <message>
        <source>Access token …</source>
        <translation>访问令牌…</translation>
    </message>
    <message>
        <source>Open its page</source>
        <translation>打开其页面</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Its licence has to be accepted on its page first, with the account of your access token.</source>
        <translation>须先用访问令牌所属的账号在其页面上接受许可证。</translation>
    </message>
    <message>
        <source>Choose a model to see more of it.</source>
        <translation>选择一个模型以查看更多信息。</translation>
    </message>
</context>
<context>
    <name>ModelList</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>Model: one of the list, a path, or a hub id</source>
        <translation>模型：列表中的模型、路径或 Hub ID</translation>
    </message>
    <message>
        <source>A model of the list, a folder or file, or owner/name on the hub</source>
        <translation>列表中的模型、文件夹或文件，或 Hub 上的 owner/name</translation>
    </message>
</context>
<context>
    <name>ModelReadme</name>
    <message>
        <source>Show the model card</source>
        <translation>显示模型卡片</translation>
    </message>
    <message>
        <source>Asks the Hub for it</source>
        <translation>会向 Hub 请求</translation>
    </message>
    <message>
        <source>Reading the model card …</source>
        <translation>正在读取模型卡片…</translation>
    </message>
    <message>
        <source>No model card came with it.</source>
        <translation>未附带模型卡片。</translation>
    </message>
    <message>
        <source>This is the beginning of a long card; its page has all of it.</source>
        <translation>卡片较长，这里只是开头；完整内容见其页面。</translation>
    </message>
</context>
<context>
    <name>ModelToolbar</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>在此电脑上</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Any use</source>
        <translation>任意用途</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Any files</source>
        <translation>任意文件</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Trending</source>
        <translation>热门</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Likes</source>
        <translation>点赞最多</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>最近更新</translation>
    </message>
    <message>
        <source>Access token …</source>
        <translation>访问令牌…</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>按名称筛选</translation>
    </message>
    <message>
        <source>Search the Hub, or paste owner/name or an address</source>
        <translation>搜索 Hub，或粘贴 owner/name 或地址</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Import a model from this computer</source>
        <translation>从此电脑导入模型</translation>
    </message>
    <message>
        <source>GGUF &amp;file …</source>
        <translation>GGUF 文件(&amp;F)…</translation>
    </message>
    <message>
        <source>F&amp;older …</source>
        <translation>文件夹(&amp;O)…</translation>
    </message>
</context>
<context>
    <name>ModelsDeeds</name>
    <message>
        <source>Remove {name}?</source>
        <translation>移除 {name}？</translation>
    </message>
    <message>
        <source>Its files are deleted, and {size} come free.</source>
        <translation>将删除其文件，释放 {size}。</translation>
    </message>
    <message>
        <source>It leaves this list. The file stays where it is: {path}</source>
        <translation>将从列表中移除。文件保留在原处：{path}</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>It is being served. The engine is stopped first, and requests under way end. {more}</source>
        <translation>它正在服务。将先停止引擎，进行中的请求会结束。{more}</translation>
    </message>
    <message>
        <source>Stop the engine and remove</source>
        <translation>停止引擎并移除</translation>
    </message>
    <message>
        <source>{name} brings programs of its own.</source>
        <translation>{name} 自带程序代码。</translation>
    </message>
    <message>
        <source>They would run on this computer with your rights when the model is loaded. Read them on its page first. Only this very revision is allowed: {revision}.</source>
        <translation>加载模型时，这些程序会以当前用户的权限在此电脑上运行。请先在其页面上阅读代码。只允许这一个修订版本：{revision}。</translation>
    </message>
    <message>
        <source>the newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Allow and get</source>
        <translation>允许并获取</translation>
    </message>
    <message>
        <source>Import a GGUF file</source>
        <translation>导入 GGUF 文件</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF 模型 (*.gguf)</translation>
    </message>
    <message>
        <source>Import the GGUF files of a folder</source>
        <translation>导入文件夹中的 GGUF 文件</translation>
    </message>
    <message>
        <source>Nothing new: these models are in the list already.</source>
        <translation>没有新内容：这些模型已在列表中。</translation>
    </message>
    <message>
        <source>Imported: {names}. The files stay where they are.</source>
        <translation>已导入：{names}。文件保留在原处。</translation>
    </message>
    <message>
        <source>{model} was removed; {size} came free.</source>
        <translation>{model} 已移除，释放了 {size}。</translation>
    </message>
    <message>
        <source>{model} left the list; its file is where it was.</source>
        <translation>{model} 已从列表中移除，文件仍在原处。</translation>
    </message>
    <message>
        <source>Offline: nothing is asked of the Hub or fetched; what is on this computer works.</source>
        <translation>离线：不向 Hub 发出请求，也不下载；此电脑上已有的模型可以使用。</translation>
    </message>
</context>
<context>
    <name>NoGpuCard</name>
    <message>
        <source>NVIDIA cards</source>
        <translation>NVIDIA 显卡</translation>
    </message>
    <message>
        <source>Shown as soon as the engine room answers.</source>
        <translation>引擎室响应后即显示。</translation>
    </message>
    <message>
        <source>The driver said: {line}</source>
        <translation>驱动程序报告：{line}</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>模拟</translation>
    </message>
</context>
<context>
    <name>Notifier</name>
    <message>
        <source>{subject} is done</source>
        <translation>{subject}：已完成</translation>
    </message>
    <message>
        <source>{subject} did not succeed</source>
        <translation>{subject}：未成功</translation>
    </message>
    <message>
        <source>{model} is being served</source>
        <translation>{model} 正在服务</translation>
    </message>
    <message>
        <source>{model} could not be loaded</source>
        <translation>无法加载 {model}</translation>
    </message>
</context>
<context>
    <name>Offers</name>
    <message>
        <source>On this computer</source>
        <translation>在此电脑上</translation>
    </message>
    <message>
        <source>Also suits this card</source>
        <translation>也适合此显卡</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>此电脑</translation>
    </message>
    <message>
        <source>No recommendation</source>
        <translation>没有推荐</translation>
    </message>
    <message>
        <source>Looking for what suits {card} …</source>
        <translation>正在查找适合 {card} 的模型…</translation>
    </message>
    <message>
        <source>Eighty models are planned for this card; nothing is downloaded.</source>
        <translation>正在为此显卡规划 80 个模型，不会下载任何内容。</translation>
    </message>
    <message>
        <source>Nothing of the list fits {card}</source>
        <translation>列表中没有 {card} 可容纳的模型</translation>
    </message>
    <message>
        <source>On the page Models there are smaller ones, and on the page Plan what would make one fit.</source>
        <translation>“模型”页面有更小的模型，“规划”页面会说明怎样才能容纳。</translation>
    </message>
    <message>
        <source>Estimates for this card with what it holds now.</source>
        <translation>按此显卡当前的占用情况估算。</translation>
    </message>
    <message>
        <source>Small ones: how fast this processor would answer is not known before it was tried.</source>
        <translation>小型模型：在试运行之前，无法得知此处理器的回答速度。</translation>
    </message>
    <message>
        <source>Also suits {card}</source>
        <translation>也适合 {card}</translation>
    </message>
    <message>
        <source>Suits {card}</source>
        <translation>适合 {card}</translation>
    </message>
    <message>
        <source>See the plan</source>
        <translation>查看方案</translation>
    </message>
    <message>
        <source>{count} more on the page Models.</source>
        <translation>“模型”页面还有 {count} 个。</translation>
    </message>
    <message>
        <source>Serve</source>
        <translation>启动服务</translation>
    </message>
    <message>
        <source>This build may not work.</source>
        <translation>此次构建可能无法工作。</translation>
    </message>
    <message>
        <source>Build all the same</source>
        <translation>仍然构建</translation>
    </message>
</context>
<context>
    <name>PathLabel</name>
    <message>
        <source>Copy the path</source>
        <translation>复制路径</translation>
    </message>
</context>
<context>
    <name>PickCard</name>
    <message>
        <source>Memory (estimate)</source>
        <translation>内存（估算）</translation>
    </message>
    <message>
        <source>Speed (estimate)</source>
        <translation>速度（估算）</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Good for</source>
        <translation>适用于</translation>
    </message>
    <message>
        <source>Serve the recommended model</source>
        <translation>启动推荐模型的服务</translation>
    </message>
    <message>
        <source>See the plan</source>
        <translation>查看方案</translation>
    </message>
    <message>
        <source>See the plan of the recommended model</source>
        <translation>查看推荐模型的方案</translation>
    </message>
    <message>
        <source>Recommended for {card}</source>
        <translation>推荐用于 {card}</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>PickStep</name>
    <message>
        <source>Others can be had at any time on the page Models.</source>
        <translation>其他模型可随时在“模型”页面获取。</translation>
    </message>
    <message>
        <source>Choose a model to begin with</source>
        <translation>选择一个模型开始</translation>
    </message>
    <message>
        <source>Recommended for {card}</source>
        <translation>推荐用于 {card}</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Starter model</source>
        <translation>入门模型</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>在此电脑上</translation>
    </message>
    <message>
        <source>It came with Engineroom, so nothing is fetched: small, quick to start, good to try everything with.</source>
        <translation>随 Engineroom 提供，无需下载：体积小、启动快，适合用来熟悉各项功能。</translation>
    </message>
    <message>
        <source>It is on this computer, so nothing is fetched.</source>
        <translation>已在此电脑上，无需下载。</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Serve</source>
        <translation>启动服务</translation>
    </message>
</context>
<context>
    <name>PlaceButton</name>
    <message>
        <source>current page</source>
        <translation>当前页面</translation>
    </message>
</context>
<context>
    <name>PlanAsk</name>
    <message>
        <source>Card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Number of cards</source>
        <translation>显卡数量</translation>
    </message>
    <message>
        <source>× {n}</source>
        <translation>× {n}</translation>
    </message>
    <message>
        <source>What matters most</source>
        <translation>优先目标</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>No NVIDIA card here. What if …</source>
        <translation>没有 NVIDIA 显卡。假设有…</translation>
    </message>
    <message>
        <source>Which card?</source>
        <translation>哪张显卡？</translation>
    </message>
    <message>
        <source>A card you don&apos;t own …</source>
        <translation>未拥有的显卡…</translation>
    </message>
    <message>
        <source>  ·  {n} GB</source>
        <translation>  ·  {n} GB</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>显卡数</translation>
    </message>
    <message>
        <source>What matters</source>
        <translation>优先目标</translation>
    </message>
</context>
<context>
    <name>PlanBar</name>
    <message>
        <source>Memory of the card under this plan</source>
        <translation>此方案下的显存</translation>
    </message>
    <message>
        <source>Free: {size}</source>
        <translation>空闲：{size}</translation>
    </message>
</context>
<context>
    <name>PlanEmpty</name>
    <message>
        <source>What would fit</source>
        <translation>可以容纳的模型</translation>
    </message>
    <message>
        <source>See the plan</source>
        <translation>查看方案</translation>
    </message>
    <message>
        <source>From the list, for the card above; memory and speed are estimates.</source>
        <translation>取自列表，针对上面的显卡；显存和速度均为估计值。</translation>
    </message>
</context>
<context>
    <name>PlanListing</name>
    <message>
        <source>Reading the list of models …</source>
        <translation>正在读取模型列表…</translation>
    </message>
    <message>
        <source>The list of models could not be read. {what}</source>
        <translation>无法读取模型列表。{what}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>PlanPage</name>
    <message>
        <source>simulated card</source>
        <translation>模拟显卡</translation>
    </message>
    <message>
        <source>what if: not your card</source>
        <translation>假设：并非本机显卡</translation>
    </message>
    <message>
        <source>No plan without the engine room</source>
        <translation>引擎室未运行，无法规划</translation>
    </message>
    <message>
        <source>It reads the model and does the arithmetic. Start it, and the picture appears here.</source>
        <translation>由引擎室读取模型并进行计算。启动后，图示会出现在这里。</translation>
    </message>
    <message>
        <source>Which model?</source>
        <translation>哪个模型？</translation>
    </message>
    <message>
        <source>Enter a folder, a GGUF file, or owner/name of a hub.</source>
        <translation>请输入文件夹、GGUF 文件，或 Hub 上的 owner/name。</translation>
    </message>
    <message>
        <source>Choose one of the list, or enter a folder, a GGUF file, or owner/name of a hub.</source>
        <translation>从列表中选择，或输入文件夹、GGUF 文件，或 Hub 上的 owner/name。</translation>
    </message>
    <message>
        <source>Reading the model&apos;s description …</source>
        <translation>正在读取模型的描述…</translation>
    </message>
    <message>
        <source>Only its metadata, never its weights.</source>
        <translation>只读取元数据，不读取权重。</translation>
    </message>
    <message>
        <source>Reading the list of models …</source>
        <translation>正在读取模型列表…</translation>
    </message>
    <message>
        <source>{card}: {free} of {total} free</source>
        <translation>{card}：共 {total}，空闲 {free}</translation>
    </message>
</context>
<context>
    <name>PlanPicture</name>
    <message>
        <source>The plan as a picture</source>
        <translation>方案图示</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>并发</translation>
    </message>
    <message>
        <source>Context of one request in tokens</source>
        <translation>单个请求的上下文（token）</translation>
    </message>
    <message>
        <source>Requests answered at once</source>
        <translation>同时回答的请求数</translation>
    </message>
    <message>
        <source>learned from {n} runs</source>
        <translation>由 {n} 次运行得出</translation>
    </message>
    <message>
        <source>usable {size}</source>
        <translation>可用 {size}</translation>
    </message>
    <message>
        <source>native {value}</source>
        <translation>原生 {value}</translation>
    </message>
</context>
<context>
    <name>PlanSpeed</name>
    <message>
        <source>Expected speed, estimates</source>
        <translation>预期速度（估算）</translation>
    </message>
    <message>
        <source>Each answer</source>
        <translation>单个回答</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Reading the prompt</source>
        <translation>读取提示词</translation>
    </message>
    <message>
        <source>First token after</source>
        <translation>首个 token 延迟</translation>
    </message>
    <message>
        <source>Energy per token</source>
        <translation>每 token 能耗</translation>
    </message>
    <message>
        <source>Expected speed</source>
        <translation>预期速度</translation>
    </message>
    <message>
        <source>estimate</source>
        <translation>估算</translation>
    </message>
    <message>
        <source>{n} at once</source>
        <translation>并发 {n}</translation>
    </message>
    <message>
        <source>with {n} tokens in the cache</source>
        <translation>缓存中有 {n} token</translation>
    </message>
    <message>
        <source>each answer measured here, {n} times</source>
        <translation>单个回答在此实测 {n} 次</translation>
    </message>
    <message>
        <source>rough: no such model was measured yet</source>
        <translation>粗略：尚未测量过此类模型</translation>
    </message>
    <message>
        <source>the llama.cpp that comes along runs on the CPU, far slower</source>
        <translation>随附的 llama.cpp 在 CPU 上运行，速度慢得多</translation>
    </message>
</context>
<context>
    <name>PlanWays</name>
    <message>
        <source>What would make it fit</source>
        <translation>怎样才能容纳</translation>
    </message>
</context>
<context>
    <name>PlanWhy</name>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>the plan&apos;s reasons</source>
        <translation>方案的理由</translation>
    </message>
    <message>
        <source>Why not another way</source>
        <translation>为何不用其他方式</translation>
    </message>
    <message>
        <source>the other candidates</source>
        <translation>其他候选</translation>
    </message>
    <message>
        <source>The bill, line by line</source>
        <translation>显存明细</translation>
    </message>
    <message>
        <source>memory per card</source>
        <translation>每张显卡的显存</translation>
    </message>
    <message>
        <source>Serve configuration</source>
        <translation>服务配置</translation>
    </message>
    <message>
        <source>options of the runtime</source>
        <translation>运行时的选项</translation>
    </message>
    <message>
        <source>The plan gives no reasons.</source>
        <translation>方案没有给出理由。</translation>
    </message>
</context>
<context>
    <name>ProbeCard</name>
    <message>
        <source>Live test</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>Stop the test</source>
        <translation>停止测试</translation>
    </message>
    <message>
        <source>&amp;Test it</source>
        <translation>测试(&amp;T)</translation>
    </message>
    <message>
        <source>Test the address</source>
        <translation>测试此地址</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>正在提问…</translation>
    </message>
    <message>
        <source>Sends a real question with a tool, in the interface of this program.</source>
        <translation>按此程序的接口发送一个带工具的真实问题。</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>You: {text}</source>
        <translation>提问：{text}</translation>
    </message>
    <message>
        <source>Change this question and ask again</source>
        <translation>修改此问题并重新提问</translation>
    </message>
    <message>
        <source>Change the question</source>
        <translation>修改问题</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新提问</translation>
    </message>
</context>
<context>
    <name>ReachCard</name>
    <message>
        <source>Who can reach it</source>
        <translation>谁可以访问</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>this computer only</source>
        <translation>仅此电脑</translation>
    </message>
    <message>
        <source>the local network</source>
        <translation>本地网络</translation>
    </message>
    <message>
        <source>the internet, unless a firewall is between</source>
        <translation>互联网（除非中间有防火墙）</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>此电脑</translation>
    </message>
    <message>
        <source>Other computers</source>
        <translation>其他电脑</translation>
    </message>
    <message>
        <source>not let in</source>
        <translation>不允许访问</translation>
    </message>
    <message>
        <source>none: anybody on the way can read it</source>
        <translation>无：途中任何人都可以读取</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>没有响应</translation>
    </message>
</context>
<context>
    <name>RuntimeRow</name>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Try it out</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>Make it the default</source>
        <translation>设为默认</translation>
    </message>
    <message>
        <source>Install anew</source>
        <translation>重新安装</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>What its gate said</source>
        <translation>准入测试结果</translation>
    </message>
</context>
<context>
    <name>RuntimeSection</name>
    <message>
        <source>How it is installed</source>
        <translation>安装方式</translation>
    </message>
    <message>
        <source>As it suits this computer</source>
        <translation>按此电脑的情况选择</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Version: the proven one</source>
        <translation>版本：经过验证的版本</translation>
    </message>
    <message>
        <source>Address of a server</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <source>&amp;Look first</source>
        <translation>先检查(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Install</source>
        <translation>安装(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Attach</source>
        <translation>附加(&amp;A)</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>在此电脑上</translation>
    </message>
    <message>
        <source>TensorRT-LLM</source>
        <translation>TensorRT-LLM</translation>
    </message>
    <message>
        <source>It becomes the default only after its gate: it is asked for its version and options, serves, and calls a tool. Until then the runtime in use stays.</source>
        <translation>通过准入测试后才会成为默认：测试会查询其版本和选项、提供服务并调用工具。在此之前继续使用当前的运行时。</translation>
    </message>
    <message>
        <source>Somebody else&apos;s server</source>
        <translation>他人的服务器</translation>
    </message>
    <message>
        <source>Any OpenAI-compatible server can be attached; Engineroom neither starts nor ends it.</source>
        <translation>可以附加任何 OpenAI 兼容的服务器；Engineroom 既不启动也不结束它。</translation>
    </message>
    <message>
        <source>None yet. Install one, or attach a server, below.</source>
        <translation>还没有。可在下方安装一个，或附加一个服务器。</translation>
    </message>
    <message>
        <source>Remove {runtime}? Engines that were built with it can no longer be started.</source>
        <translation>移除 {runtime}？用它构建的引擎将无法再启动。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>RuntimeUpdates</name>
    <message>
        <source>This is Engineroom {version}. It looks for nothing by itself: the versions that it knows come with it, and nobody is asked before an update is begun.</source>
        <translation>这是 Engineroom {version}。它不会自行查找任何内容：已知的版本随它一起提供，在开始更新之前不会询问任何服务器。</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>已是最新</translation>
    </message>
    <message>
        <source>&amp;Update to {best}</source>
        <translation>更新到 {best}(&amp;U)</translation>
    </message>
    <message>
        <source>Update TensorRT-LLM to {best}</source>
        <translation>将 TensorRT-LLM 更新到 {best}</translation>
    </message>
    <message>
        <source>TensorRT-LLM {used} is in use; it is newer than {best}, which Engineroom knows best.</source>
        <translation>正在使用 TensorRT-LLM {used}；它比 Engineroom 最了解的版本 {best} 更新。</translation>
    </message>
    <message>
        <source>TensorRT-LLM {used} is in use; it is the version that Engineroom knows best.</source>
        <translation>正在使用 TensorRT-LLM {used}；这是 Engineroom 最了解的版本。</translation>
    </message>
    <message>
        <source>TensorRT-LLM {used} is in use; Engineroom knows {best} best.</source>
        <translation>正在使用 TensorRT-LLM {used}；Engineroom 最了解的版本是 {best}。</translation>
    </message>
    <message>
        <source>{best} is being installed and tried out; {used} stays in use until its gate has passed.</source>
        <translation>正在安装并测试 {best}；在它通过准入测试之前继续使用 {used}。</translation>
    </message>
    <message>
        <source>{best} is installed, but its gate failed: {used} stays in use.</source>
        <translation>{best} 已安装，但未通过准入测试：继续使用 {used}。</translation>
    </message>
    <message>
        <source>{best} is installed and has passed its gate; it can be made the default above.</source>
        <translation>{best} 已安装并通过准入测试；可在上方将其设为默认。</translation>
    </message>
    <message>
        <source>{best} is installed, but not proved yet: {used} stays in use. It can be tried out above.</source>
        <translation>{best} 已安装，但尚未验证：继续使用 {used}。可在上方进行测试。</translation>
    </message>
</context>
<context>
    <name>ScaleSlider</name>
    <message>
        <source>Now {value}</source>
        <translation>当前 {value}</translation>
    </message>
    <message>
        <source>fits up to {value}</source>
        <translation>最多可容纳 {value}</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Clear the words</source>
        <translation>清除文字</translation>
    </message>
</context>
<context>
    <name>ServeConfig</name>
    <message>
        <source>Serve configuration</source>
        <translation>服务配置</translation>
    </message>
    <message>
        <source>Copy the serve configuration</source>
        <translation>复制服务配置</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>ServedStep</name>
    <message>
        <source>Open the chat</source>
        <translation>打开对话</translation>
    </message>
    <message>
        <source>Connect a program</source>
        <translation>接入程序</translation>
    </message>
    <message>
        <source>Your model is served here</source>
        <translation>模型已在此提供服务</translation>
    </message>
    <message>
        <source>Give this address to any program that speaks to OpenAI, or ask the model right here.</source>
        <translation>将此地址填入任何使用 OpenAI 接口的程序，或直接在这里向模型提问。</translation>
    </message>
    <message>
        <source>Your model is being started</source>
        <translation>正在启动模型</translation>
    </message>
    <message>
        <source>It needs a moment; everything else in this window can be used meanwhile.</source>
        <translation>需要片刻；在此期间，此窗口的其他部分均可使用。</translation>
    </message>
    <message>
        <source>Your model did not start</source>
        <translation>模型未能启动</translation>
    </message>
    <message>
        <source>Below is why. Serve tries once more; Back leads to another model.</source>
        <translation>原因见下方。按“启动服务”重试；按“上一步”选择其他模型。</translation>
    </message>
    <message>
        <source>Your model is not served now</source>
        <translation>模型当前没有在服务</translation>
    </message>
    <message>
        <source>Serve starts it; Back leads to another model.</source>
        <translation>按“启动服务”即可启动；按“上一步”选择其他模型。</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>waits for a restart</source>
        <translation>重启后生效</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Sections</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>The engine room is not running.</source>
        <translation>引擎室未运行。</translation>
    </message>
    <message>
        <source>These settings are its own. Once it answers, they stand here.</source>
        <translation>这些设置属于引擎室，它响应后会显示在这里。</translation>
    </message>
    <message>
        <source>Serving</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Fetching models</source>
        <translation>获取模型</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Port, network, web pages</source>
        <translation>端口、网络、网页</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Who may come in</source>
        <translation>谁可以访问</translation>
    </message>
    <message>
        <source>Models and Hub</source>
        <translation>模型与 Hub</translation>
    </message>
    <message>
        <source>Context, offline, account</source>
        <translation>上下文、离线、账号</translation>
    </message>
    <message>
        <source>Runtimes</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>What can serve</source>
        <translation>可提供服务的运行时</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>能耗</translation>
    </message>
    <message>
        <source>Price and currency</source>
        <translation>价格与货币</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Where things lie</source>
        <translation>各项内容的位置</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>What is kept, and how long</source>
        <translation>保留什么，保留多久</translation>
    </message>
    <message>
        <source>Records of requests</source>
        <translation>请求记录</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>此窗口</translation>
    </message>
    <message>
        <source>Colours, language</source>
        <translation>颜色、语言</translation>
    </message>
    <message>
        <source>The engine room is not running. Only this window&apos;s settings can be changed.</source>
        <translation>引擎室未运行。只能更改此窗口的设置。</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Without a key the engine room will not start for other computers. Make one first.</source>
        <translation>没有密钥，引擎室不会为其他电脑启动。请先创建一个。</translation>
    </message>
    <message>
        <source>Make a key</source>
        <translation>创建密钥</translation>
    </message>
    <message>
        <source>Changes that count after a restart: {count}. A restart stops every engine for a moment.</source>
        <translation>待重启后生效的更改：{count} 项。重启会让所有引擎短暂停止。</translation>
    </message>
    <message>
        <source>Restart the engine room</source>
        <translation>重启引擎室</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Engineroom</source>
        <translation>Engineroom</translation>
    </message>
    <message>
        <source>Show the names of the pages</source>
        <translation>显示页面名称</translation>
    </message>
    <message>
        <source>Show only icons</source>
        <translation>只显示图标</translation>
    </message>
</context>
<context>
    <name>SnippetBox</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy: {where}</source>
        <translation>复制：{where}</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>StageTimeline</name>
    <message>
        <source>Stages of the start</source>
        <translation>启动阶段</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>now</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>StayAwake</name>
    <message>
        <source>A model is being served</source>
        <translation>正在提供模型服务</translation>
    </message>
</context>
<context>
    <name>StorageCard</name>
    <message>
        <source>Look again</source>
        <translation>重新查看</translation>
    </message>
    <message>
        <source>Where things lie</source>
        <translation>各项内容的位置</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>{held} here, {free} free on the disk
{path}</source>
        <translation>占用 {held}，磁盘剩余 {free}
{path}</translation>
    </message>
</context>
<context>
    <name>StripChart</name>
    <message>
        <source>not live</source>
        <translation>非实时</translation>
    </message>
    <message>
        <source>mean {mean}   max {highest}</source>
        <translation>平均 {mean}   最高 {highest}</translation>
    </message>
    <message>
        <source>total   {aside}</source>
        <translation>合计   {aside}</translation>
    </message>
    <message>
        <source>hottest   {aside}</source>
        <translation>最热   {aside}</translation>
    </message>
    <message>
        <source>–</source>
        <translation>–</translation>
    </message>
</context>
<context>
    <name>Thumbnails</name>
    <message>
        <source>Picture {number}</source>
        <translation>图片 {number}</translation>
    </message>
    <message>
        <source>Take picture {number} away</source>
        <translation>移除图片 {number}</translation>
    </message>
</context>
<context>
    <name>TokenDialog</name>
    <message>
        <source>Access token</source>
        <translation>访问令牌</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Forget the stored one</source>
        <translation>忘记已保存的令牌</translation>
    </message>
    <message>
        <source>Open the page of tokens</source>
        <translation>打开令牌页面</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Models whose licence has to be accepted are only sent to an account that did. A token with the right to read gated repositories stands for that account. It goes into this system&apos;s keyring; where there is none, into a file that only your user can read (mode 0600).</source>
        <translation>许可证须经接受的模型只发送给已接受的账号。具有受限仓库读取权限的令牌即代表该账号。令牌存入系统密钥环；没有密钥环时，存入只有当前用户能读取的文件（模式 0600）。</translation>
    </message>
    <message>
        <source>Access token of the Hugging Face Hub</source>
        <translation>Hugging Face Hub 的访问令牌</translation>
    </message>
    <message>
        <source>Stored.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>Forgotten.</source>
        <translation>已忘记。</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Engineroom</source>
        <translation>Engineroom</translation>
    </message>
    <message>
        <source>The engine room does not answer.</source>
        <translation>引擎室没有响应。</translation>
    </message>
    <message>
        <source>{model}: {state}</source>
        <translation>{model}：{state}</translation>
    </message>
    <message>
        <source>Open Engineroom</source>
        <translation>打开 Engineroom</translation>
    </message>
    <message>
        <source>Stop {model}</source>
        <translation>停止 {model}</translation>
    </message>
    <message>
        <source>Serve {model}</source>
        <translation>启动 {model} 的服务</translation>
    </message>
    <message>
        <source>Quit Engineroom</source>
        <translation>退出 Engineroom</translation>
    </message>
</context>
<context>
    <name>TryBox</name>
    <message>
        <source>Ask it something</source>
        <translation>向模型提问</translation>
    </message>
    <message>
        <source>What is the capital of France?</source>
        <translation>法国的首都是哪里？</translation>
    </message>
    <message>
        <source>Question to the model</source>
        <translation>给模型的问题</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
</context>
<context>
    <name>Unfold</name>
    <message>
        <source>Fewer details</source>
        <translation>收起详细信息</translation>
    </message>
</context>
<context>
    <name>Way</name>
    <message>
        <source>about {rate}</source>
        <translation>约 {rate}</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Apply: {change}</source>
        <translation>应用：{change}</translation>
    </message>
</context>
<context>
    <name>WayChoice</name>
    <message>
        <source>Ways to have this model</source>
        <translation>获取此模型的方式</translation>
    </message>
    <message>
        <source>{way} (best here)</source>
        <translation>{way}（此处最佳）</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Step {number} of {all}</source>
        <translation>第 {number} 步，共 {all} 步</translation>
    </message>
</context>
<context>
    <name>_Key</name>
    <message>
        <source>{line}: click to show or hide</source>
        <translation>{line}：点按可显示或隐藏</translation>
    </message>
</context>
<context>
    <name>chart</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>{n} d</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Now {now}; {span}: mean {mean}, lowest {low}, highest {high}</source>
        <translation>现在 {now}；{span}：平均 {mean}，最低 {low}，最高 {high}</translation>
    </message>
    <message>
        <source>Nothing measured yet</source>
        <translation>尚无测量数据</translation>
    </message>
    <message>
        <source>The engine room is not connected.</source>
        <translation>引擎室未连接。</translation>
    </message>
</context>
<context>
    <name>chat</name>
    <message>
        <source>first token after {time}</source>
        <translation>首个 token 用时 {time}</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} token</translation>
    </message>
    <message>
        <source>about {energy}</source>
        <translation>约 {energy}</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>no text came</source>
        <translation>没有文本</translation>
    </message>
    <message>
        <source>cut off: the context or the most tokens were reached</source>
        <translation>已截断：达到上下文或最大 token 数</translation>
    </message>
    <message>
        <source>cut off by a filter</source>
        <translation>被过滤器截断</translation>
    </message>
    <message>
        <source>the model wants to call a tool, which this chat cannot do</source>
        <translation>模型想调用工具，此对话不支持</translation>
    </message>
    <message>
        <source>note: {notes}</source>
        <translation>注意：{notes}</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>思考过程</translation>
    </message>
    <message>
        <source>Thought for {time}</source>
        <translation>思考了 {time}</translation>
    </message>
    <message>
        <source>{text} ({code})</source>
        <translation>{text}（{code}）</translation>
    </message>
    <message>
        <source>Loading the model …</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Waiting for the first token …</source>
        <translation>正在等待首个 token…</translation>
    </message>
    <message>
        <source>The chat opens when the engine room answers.</source>
        <translation>引擎室响应后即可对话。</translation>
    </message>
    <message>
        <source>There is no model here yet: get one on the page Models.</source>
        <translation>这里还没有模型：请在“模型”页面获取。</translation>
    </message>
    <message>
        <source>This model is no longer here; choose another above.</source>
        <translation>此模型已不在这里，请在上方选择另一个。</translation>
    </message>
    <message>
        <source>Ask something</source>
        <translation>开始提问</translation>
    </message>
    <message>
        <source>Ask something; the model is loaded first</source>
        <translation>开始提问，模型会先加载</translation>
    </message>
    <message>
        <source>{model} reads text only, so no picture can be sent to it.</source>
        <translation>{model} 只能读取文本，无法发送图片。</translation>
    </message>
    <message>
        <source>{model}, serving</source>
        <translation>{model}，服务中</translation>
    </message>
    <message>
        <source>{model}, starting</source>
        <translation>{model}，正在启动</translation>
    </message>
    <message>
        <source>{model}, failed</source>
        <translation>{model}，失败</translation>
    </message>
    <message>
        <source>the answer ends where the context of {context} tokens does</source>
        <translation>回答会在 {context} 个 token 的上下文用尽处结束</translation>
    </message>
    <message>
        <source>max_tokens {wanted} was lowered to {room}, which is what the context of {context} leaves</source>
        <translation>max_tokens 已从 {wanted} 降为 {room}，即 {context} 上下文所剩的数量</translation>
    </message>
    <message>
        <source>the oldest {count} messages were left out, to fit the context</source>
        <translation>为放进上下文，省略了最早的 {count} 条消息</translation>
    </message>
    <message>
        <source>left out, for this engine does not know it: {name}</source>
        <translation>该引擎不认识，已略去：{name}</translation>
    </message>
    <message>
        <source>ignored: {names}</source>
        <translation>已忽略：{names}</translation>
    </message>
</context>
<context>
    <name>connect</name>
    <message>
        <source>Agents</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>Editors</source>
        <translation>编辑器</translation>
    </message>
    <message>
        <source>Applications</source>
        <translation>应用程序</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>库</translation>
    </message>
    <message>
        <source>OpenAI chat completions</source>
        <translation>OpenAI chat completions</translation>
    </message>
    <message>
        <source>OpenAI Responses</source>
        <translation>OpenAI Responses</translation>
    </message>
    <message>
        <source>Anthropic Messages</source>
        <translation>Anthropic Messages</translation>
    </message>
    <message>
        <source>OpenAI completions</source>
        <translation>OpenAI completions</translation>
    </message>
    <message>
        <source>Ollama</source>
        <translation>Ollama</translation>
    </message>
    <message>
        <source>needs a model that calls tools</source>
        <translation>需要能调用工具的模型</translation>
    </message>
    <message>
        <source>calls tools where the model can</source>
        <translation>在模型支持时调用工具</translation>
    </message>
    <message>
        <source>works without tools</source>
        <translation>无需工具即可使用</translation>
    </message>
    <message>
        <source>Seen to work</source>
        <translation>已实际验证</translation>
    </message>
    <message>
        <source>Read in its source</source>
        <translation>依据其源代码</translation>
    </message>
    <message>
        <source>As its makers document it, not tried</source>
        <translation>依据其官方文档，未试用</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>已连通</translation>
    </message>
    <message>
        <source>Model offered</source>
        <translation>提供模型</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已回答</translation>
    </message>
    <message>
        <source>Tool call</source>
        <translation>工具调用</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>未测试</translation>
    </message>
    <message>
        <source>The address answers.</source>
        <translation>此地址有响应。</translation>
    </message>
    <message>
        <source>Nobody answers there: {reason}.</source>
        <translation>此地址没有响应：{reason}。</translation>
    </message>
    <message>
        <source>Who answers there shows another certificate than this engine room&apos;s, so nothing was sent. Check the address, or restart the engine room if its certificate was changed.</source>
        <translation>该处的应答方出示的证书与此引擎室的不同，因此未发送任何内容。请检查地址；若证书已更改，请重启引擎室。</translation>
    </message>
    <message>
        <source>The key was refused (HTTP {status}). Enter a valid key, or make one in Settings.</source>
        <translation>密钥被拒绝（HTTP {status}）。请输入有效的密钥，或在“设置”中创建。</translation>
    </message>
    <message>
        <source>It answered with HTTP {status}, which nobody expects there.</source>
        <translation>返回了意料之外的 HTTP {status}。</translation>
    </message>
    <message>
        <source>{model} is in its list.</source>
        <translation>{model} 在其列表中。</translation>
    </message>
    <message>
        <source>{model} is not in its list. Choose another model.</source>
        <translation>{model} 不在其列表中。请选择另一个模型。</translation>
    </message>
    <message>
        <source>First words after {first_ms}: “{text}”</source>
        <translation>{first_ms} 后出现首批文字：“{text}”</translation>
    </message>
    <message>
        <source>HTTP {status}: {message}</source>
        <translation>HTTP {status}：{message}</translation>
    </message>
    <message>
        <source>This engine room does not serve {route}, which this program needs.</source>
        <translation>此引擎室不提供该程序所需的 {route}。</translation>
    </message>
    <message>
        <source>The answer was cut off: {reason}.</source>
        <translation>回答被截断：{reason}。</translation>
    </message>
    <message>
        <source>An answer came, and nothing was in it.</source>
        <translation>收到了回答，但内容为空。</translation>
    </message>
    <message>
        <source>It called {name} with {arguments}.</source>
        <translation>它以 {arguments} 调用了 {name}。</translation>
    </message>
    <message>
        <source>It called {name}, but its arguments are not as they were asked for: {arguments}</source>
        <translation>它调用了 {name}，但参数不符合要求：{arguments}</translation>
    </message>
    <message>
        <source>It called {name}, a tool that was not offered.</source>
        <translation>它调用了 {name}，但并未提供过此工具。</translation>
    </message>
    <message>
        <source>It answered in words. This model does not call tools; choose one that does for agents.</source>
        <translation>它用文字回答了。此模型不会调用工具；智能体请选择会调用工具的模型。</translation>
    </message>
    <message>
        <source>It wrote the call as text: the model tries, and its runtime has no parser for its calls.</source>
        <translation>它把调用写成了文本：模型尝试调用，但其运行时没有相应的解析器。</translation>
    </message>
    <message>
        <source>It thought until {tokens} tokens were used up. Agents give it more; try one, or let it think less.</source>
        <translation>它一直思考，直到用完 {tokens} token。智能体会给它更多；可以用智能体试试，或让它少思考一些。</translation>
    </message>
    <message>
        <source>This interface has no tools.</source>
        <translation>此接口不支持工具。</translation>
    </message>
    <message>
        <source>A step before it failed.</source>
        <translation>前面的步骤失败了。</translation>
    </message>
    <message>
        <source>first prompt {count} tokens</source>
        <translation>首个提示词 {count} token</translation>
    </message>
    <message>
        <source>{how}, {date}. Source: {source}.</source>
        <translation>{how}，{date}。来源：{source}。</translation>
    </message>
    <message>
        <source>{how}, version {version}, {date}. Source: {source}.</source>
        <translation>{how}，版本 {version}，{date}。来源：{source}。</translation>
    </message>
    <message>
        <source>The context of this model is known once it runs; {count} stands in its place below.</source>
        <translation>此模型的上下文在运行后可知；下方暂以 {count} 代替。</translation>
    </message>
    <message>
        <source>{has} tokens of context are too few: {name} needs {needs}. Serve this model with more, or choose another.</source>
        <translation>{has} token 的上下文太小：{name} 需要 {needs}。请为此模型提供更大的上下文，或选择其他模型。</translation>
    </message>
    <message>
        <source>Does not work</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>Answers, but calls no tool</source>
        <translation>能回答，但不调用工具</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>It warns that it has no metadata for this model; that does no harm.</source>
        <translation>会警告没有此模型的元数据，不影响使用。</translation>
    </message>
    <message>
        <source>Without the compaction window it takes the context of an unknown model for a million tokens.</source>
        <translation>不设置压缩窗口时，会把未知模型的上下文当作一百万 token。</translation>
    </message>
    <message>
        <source>A key in ANTHROPIC_API_KEY goes before this one: leave it empty.</source>
        <translation>ANTHROPIC_API_KEY 中的密钥优先于此密钥：请将其留空。</translation>
    </message>
    <message>
        <source>No sign-in is needed. Its makers recommend 128,000 tokens of context.</source>
        <translation>无需登录。其开发者建议使用 128,000 token 的上下文。</translation>
    </message>
    <message>
        <source>It asks twice at once when a conversation begins: with one slot, the second waits.</source>
        <translation>对话开始时会同时提问两次：只有一个槽位时，第二次需等待。</translation>
    </message>
    <message>
        <source>In VS Code choose the provider OpenAI Compatible and enter the same address, key and model.</source>
        <translation>在 VS Code 中选择提供方 OpenAI Compatible，并填入相同的地址、密钥和模型。</translation>
    </message>
    <message>
        <source>Its first prompt is the longest of all that were measured.</source>
        <translation>其首个提示词是所有实测中最长的。</translation>
    </message>
    <message>
        <source>The size of its first prompt is that of OpenCode, on which it is built.</source>
        <translation>首个提示词的大小取自其所基于的 OpenCode。</translation>
    </message>
    <message>
        <source>It is no longer developed. Its settings have a form only.</source>
        <translation>已停止开发。其设置只有表单形式。</translation>
    </message>
    <message>
        <source>It edits by text, so that a model without tools will do. Its map of the project takes up to 4,000 tokens.</source>
        <translation>以文本方式编辑，因此模型不支持工具也可以。其项目地图最多占用 4,000 token。</translation>
    </message>
    <message>
        <source>It wants the whole address of the route, not the base.</source>
        <translation>需要填写路由的完整地址，而不是基础地址。</translation>
    </message>
    <message>
        <source>It speaks only Google&apos;s own interface, which Engineroom does not serve.</source>
        <translation>只支持 Google 自有的接口，Engineroom 不提供该接口。</translation>
    </message>
    <message>
        <source>VS Code asks for the key once and keeps it itself.</source>
        <translation>VS Code 会询问一次密钥并自行保存。</translation>
    </message>
    <message>
        <source>Without toolCalling the model is not offered in agent mode. Inline suggestions do not come from a custom endpoint.</source>
        <translation>没有 toolCalling 时，智能体模式中不会提供此模型。行内建议不来自自定义端点。</translation>
    </message>
    <message>
        <source>Zed reads the key from ENGINEROOM_API_KEY or asks for it; started from a dock it does not see your shell.</source>
        <translation>Zed 从 ENGINEROOM_API_KEY 读取密钥，或询问密钥；从程序坞启动时读不到 shell 中的变量。</translation>
    </message>
    <message>
        <source>It takes the list of models from /v1/models. Tools have a switch of their own there.</source>
        <translation>它从 /v1/models 获取模型列表。工具另有开关。</translation>
    </message>
    <message>
        <source>It is no longer developed since 2.0.0. For its agent mode the capability tool_use must be named.</source>
        <translation>自 2.0.0 起已停止开发。使用其智能体模式须指定能力 tool_use。</translation>
    </message>
    <message>
        <source>Its requests leave from Cursor&apos;s servers, which cannot reach this computer, and private addresses are refused.</source>
        <translation>其请求从 Cursor 的服务器发出，无法到达此电脑，私有地址也会被拒绝。</translation>
    </message>
    <message>
        <source>In a container this computer is not 127.0.0.1: let the network in (Settings) and use its address and a key.</source>
        <translation>容器中的 127.0.0.1 不是此电脑：请允许网络访问（“设置”），并使用此电脑的地址和密钥。</translation>
    </message>
    <message>
        <source>Without the limit it takes the context for 4,096 tokens.</source>
        <translation>不设置上限时，它会将上下文当作 4,096 token。</translation>
    </message>
    <message>
        <source>It usually runs on another computer: let the network in (Settings) and use that address.</source>
        <translation>它通常运行在另一台电脑上：请允许网络访问（“设置”），并使用该地址。</translation>
    </message>
    <message>
        <source>It asks for Ollama&apos;s interface; the live test says whether this engine room speaks it.</source>
        <translation>它使用 Ollama 的接口；此引擎室是否支持，可由实测得知。</translation>
    </message>
    <message>
        <source>Newer OpenAI nodes ask the Responses interface, older ones chat completions; both are served.</source>
        <translation>较新的 OpenAI 节点使用 Responses 接口，较旧的使用 chat completions；两者均可用。</translation>
    </message>
    <message>
        <source>Add app://obsidian.md to the allowed origins (Settings). Its switch Enable CORS would turn streaming off.</source>
        <translation>请将 app://obsidian.md 加入允许的来源（“设置”）。其 Enable CORS 开关会关闭流式输出。</translation>
    </message>
    <message>
        <source>Add app://obsidian.md to the allowed origins (Settings).</source>
        <translation>请将 app://obsidian.md 加入允许的来源（“设置”）。</translation>
    </message>
    <message>
        <source>Embeddings need check_embedding_ctx_length=False; else it sends the tokens of another tokenizer.</source>
        <translation>嵌入需要 check_embedding_ctx_length=False，否则会发送另一种分词器的 token。</translation>
    </message>
    <message>
        <source>Without is_chat_model it asks plain completions, and the model gets no chat template.</source>
        <translation>没有 is_chat_model 时使用普通 completions，模型不会应用对话模板。</translation>
    </message>
    <message>
        <source>It demands a tool call in every answer.</source>
        <translation>它要求每次回答都调用工具。</translation>
    </message>
    <message>
        <source>A terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>Start it</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Tell it once</source>
        <translation>一次性设置</translation>
    </message>
    <message>
        <source>engineroom.json, in a folder of yours</source>
        <translation>engineroom.json，位于自己的文件夹中</translation>
    </message>
    <message>
        <source>run against a local gateway</source>
        <translation>在本地网关上运行</translation>
    </message>
    <message>
        <source>run against this engine room</source>
        <translation>在此引擎室上运行</translation>
    </message>
    <message>
        <source>its source</source>
        <translation>其源代码</translation>
    </message>
    <message>
        <source>custom endpoints</source>
        <translation>自定义端点</translation>
    </message>
    <message>
        <source>its settings are those of OpenCode</source>
        <translation>其设置与 OpenCode 相同</translation>
    </message>
    <message>
        <source>archived on 15 May 2026</source>
        <translation>已于 2026 年 5 月 15 日归档</translation>
    </message>
</context>
<context>
    <name>details</name>
    <message>
        <source>{key} is missing</source>
        <translation>缺少 {key}</translation>
    </message>
    <message>
        <source>{key} has {value}, which is neither an IP address nor localhost</source>
        <translation>{key} 含有 {value}，它既不是 IP 地址也不是 localhost</translation>
    </message>
    <message>
        <source>{value} is not an address of this computer</source>
        <translation>{value} 不是这台计算机的地址</translation>
    </message>
    <message>
        <source>{key} has {value}, which is not an origin such as app://obsidian.md</source>
        <translation>{key} 含有 {value}，它不是 app://obsidian.md 这样的来源</translation>
    </message>
    <message>
        <source>{key} has {value}; name each web origin in full</source>
        <translation>{key} 含有 {value}；请完整写出每个网页来源</translation>
    </message>
    <message>
        <source>{key} is not a setting; known here: {known}</source>
        <translation>{key} 不是设置项；此处已知：{known}</translation>
    </message>
    <message>
        <source>{key} and {other} go together</source>
        <translation>{key} 和 {other} 须一起设置</translation>
    </message>
    <message>
        <source>there is no such setting</source>
        <translation>没有此设置</translation>
    </message>
    <message>
        <source>another setting would change too</source>
        <translation>另一项设置也会随之改变</translation>
    </message>
    <message>
        <source>from {least} to {most}</source>
        <translation>{least} 到 {most}</translation>
    </message>
    <message>
        <source>one of {choices}</source>
        <translation>以下之一：{choices}</translation>
    </message>
    <message>
        <source>auto or one of {choices}</source>
        <translation>auto 或以下之一：{choices}</translation>
    </message>
    <message>
        <source>a format such as bf16, fp8, nvfp4, mxfp4 or q4_k_m</source>
        <translation>bf16、fp8、nvfp4、mxfp4 或 q4_k_m 等格式</translation>
    </message>
    <message>
        <source>from {least} to {most}, each once</source>
        <translation>{least} 到 {most} 个，各一次</translation>
    </message>
    <message>
        <source>a whole number from {least} to {most}</source>
        <translation>{least} 到 {most} 的整数</translation>
    </message>
    <message>
        <source>1 to {most} printable letters</source>
        <translation>1 到 {most} 个可打印字符</translation>
    </message>
    <message>
        <source>a time to come</source>
        <translation>将来的时间</translation>
    </message>
    <message>
        <source>a number above 0</source>
        <translation>大于 0 的数</translation>
    </message>
    <message>
        <source>a token is one word of letters, digits and signs of ASCII</source>
        <translation>令牌是由 ASCII 字母、数字和符号组成的单个词</translation>
    </message>
    <message>
        <source>minutes must be from {least} to {most}</source>
        <translation>分钟数必须在 {least} 到 {most} 之间</translation>
    </message>
    <message>
        <source>no model was named</source>
        <translation>未指定模型</translation>
    </message>
    <message>
        <source>there is no kind &apos;{kind}&apos;: it is checkpoint or compiled</source>
        <translation>没有“{kind}”这种类型：应为 checkpoint 或 compiled</translation>
    </message>
    <message>
        <source>only a compiled engine can be made to use sparse weights</source>
        <translation>只有编译型引擎才能使用稀疏权重</translation>
    </message>
    <message>
        <source>TensorRT-LLM {version} has no compiled engines: they ended with 1.2. Build the kind checkpoint</source>
        <translation>TensorRT-LLM {version} 没有编译型引擎：它们止于 1.2。请构建 checkpoint 类型</translation>
    </message>
    <message>
        <source>its weights are {weights} already, and engines are compiled from weights of 16 bits. Name the repository of the unquantised model</source>
        <translation>其权重已是 {weights}，而引擎由 16 位权重编译。请指定未量化模型的仓库</translation>
    </message>
    <message>
        <source>a compiled engine of it does not run on this card: {name}, {note}</source>
        <translation>其编译型引擎无法在此显卡上运行：{name}，{note}</translation>
    </message>
    <message>
        <source>{precision} in a compiled engine is {support} on this card ({name}: {note})</source>
        <translation>编译型引擎中的 {precision} 在此显卡上{support}（{name}：{note}）</translation>
    </message>
    <message>
        <source>it does not fit the memory of the card</source>
        <translation>显卡的显存容纳不下</translation>
    </message>
    <message>
        <source>{precision} is known not to run on this card with this runtime</source>
        <translation>已知 {precision} 无法在此显卡上以此运行时运行</translation>
    </message>
    <message>
        <source>it is within the error of the estimate whether it fits the memory of the card</source>
        <translation>显存是否容纳得下，在估算误差范围之内</translation>
    </message>
    <message>
        <source>its layers are not known, so nobody can say whether it fits</source>
        <translation>其层结构未知，因此无法判断是否容纳得下</translation>
    </message>
    <message>
        <source>{precision} is {support} on this card with this runtime</source>
        <translation>{precision} 在此显卡上以此运行时{support}</translation>
    </message>
    <message>
        <source>it runs program code of its publisher</source>
        <translation>它会运行发布者的程序代码</translation>
    </message>
    <message>
        <source>the NVIDIA driver is too old for this runtime; engineroom runtimes doctor says what it needs</source>
        <translation>NVIDIA 驱动程序对该运行时来说太旧；engineroom runtimes doctor 会说明它需要什么</translation>
    </message>
    <message>
        <source>{context_tokens} tokens of context are more than the {native_context} that the model was made for; the engine gives no more</source>
        <translation>{context_tokens} 个 token 的上下文超过了该模型设计支持的 {native_context}；引擎不会给出更多</translation>
    </message>
    <message>
        <source>its runtime has no program that brings it into this form: {program} has to be laid there first</source>
        <translation>其运行时没有能将它转换成这种形式的程序：必须先把 {program} 放到那里</translation>
    </message>
    <message>
        <source>to quantise it, the model has to be loaded in {from_precision} first: about {needed_gb} GB, and the cards and this computer hold {held_gb} GB together</source>
        <translation>要量化它，必须先以 {from_precision} 加载模型：约需 {needed_gb} GB，而显卡和这台计算机共有 {held_gb} GB</translation>
    </message>
    <message>
        <source>nobody has published its weights in 16 bits, which engines are compiled from</source>
        <translation>没有人发布其 16 位权重，而引擎由此编译</translation>
    </message>
    <message>
        <source>of every four of its weights two would have to be zero, and they are not</source>
        <translation>每四个权重中须有两个为零，而实际并非如此</translation>
    </message>
    <message>
        <source>that card is not in this computer, and an engine is built where it runs</source>
        <translation>此电脑中没有该显卡，而引擎须在运行之处构建</translation>
    </message>
    <message>
        <source>Its gate has refused it.</source>
        <translation>准入测试未通过。</translation>
    </message>
    <message>
        <source>Its gate has not been run.</source>
        <translation>尚未运行准入测试。</translation>
    </message>
    <message>
        <source>It is {state}.</source>
        <translation>当前状态：{state}。</translation>
    </message>
    <message>
        <source>it has version {version}, this program knows {newest}; update Engineroom</source>
        <translation>其版本为 {version}，而此程序认识的是 {newest}；请更新 Engineroom</translation>
    </message>
    <message>
        <source>Engines use it now ({users}).</source>
        <translation>引擎正在使用它（{users}）。</translation>
    </message>
    <message>
        <source>neither docker nor podman is here</source>
        <translation>这里既没有 docker，也没有 podman</translation>
    </message>
    <message>
        <source>there is none on the PATH</source>
        <translation>PATH 中没有</translation>
    </message>
    <message>
        <source>nothing here starts it</source>
        <translation>这里没有可启动它的程序</translation>
    </message>
    <message>
        <source>it is not an address that begins with http:// or https://</source>
        <translation>它不是以 http:// 或 https:// 开头的地址</translation>
    </message>
    <message>
        <source>it holds more than a host, a port and a path</source>
        <translation>它除主机、端口和路径外还含有其他内容</translation>
    </message>
    <message>
        <source>status {status}</source>
        <translation>HTTP 状态 {status}</translation>
    </message>
    <message>
        <source>its own health has said so for a minute</source>
        <translation>其健康检查一分钟来一直如此报告</translation>
    </message>
    <message>
        <source>its worker process {pid} has ended</source>
        <translation>其工作进程 {pid} 已结束</translation>
    </message>
    <message>
        <source>no free port</source>
        <translation>没有空闲端口</translation>
    </message>
    <message>
        <source>run: {command}</source>
        <translation>运行：{command}</translation>
    </message>
    <message>
        <source>open {page}</source>
        <translation>打开 {page}</translation>
    </message>
    <message>
        <source>somebody has to do it at this computer</source>
        <translation>须有人在此电脑上操作</translation>
    </message>
    <message>
        <source>the connection was cut</source>
        <translation>连接被切断</translation>
    </message>
    <message>
        <source>it redirects in circles</source>
        <translation>重定向形成了循环</translation>
    </message>
    <message>
        <source>a hash in its list of files is none</source>
        <translation>其文件列表中有无效的哈希</translation>
    </message>
    <message>
        <source>{file} ends too early</source>
        <translation>{file} 过早结束</translation>
    </message>
    <message>
        <source>another download is writing it</source>
        <translation>另一个下载正在写入</translation>
    </message>
    <message>
        <source>a folder of the snapshot is a link</source>
        <translation>快照中有文件夹是链接</translation>
    </message>
    <message>
        <source>it has {size} bytes instead of {wanted_size}</source>
        <translation>它有 {size} 字节，应为 {wanted_size}</translation>
    </message>
    <message>
        <source>its hash is another</source>
        <translation>其哈希不同</translation>
    </message>
    <message>
        <source>it comes from revision {revision}</source>
        <translation>它来自修订版本 {revision}</translation>
    </message>
    <message>
        <source>it has become shorter</source>
        <translation>它变短了</translation>
    </message>
    <message>
        <source>asked for {asked}, got {got}</source>
        <translation>请求的是 {asked}，得到的是 {got}</translation>
    </message>
    <message>
        <source>it is no regular file</source>
        <translation>它不是常规文件</translation>
    </message>
    <message>
        <source>its hash is {found} instead of {expected}</source>
        <translation>其哈希为 {found}，应为 {expected}</translation>
    </message>
    <message>
        <source>it cannot be read: {said}</source>
        <translation>无法读取：{said}</translation>
    </message>
    <message>
        <source>the headers together are too long</source>
        <translation>标头总长度过长</translation>
    </message>
    <message>
        <source>a file in {count} parts</source>
        <translation>文件分为 {count} 个部分</translation>
    </message>
    <message>
        <source>{count} files of weights</source>
        <translation>{count} 个权重文件</translation>
    </message>
    <message>
        <source>{file} is larger than any plan</source>
        <translation>{file} 大于任何计划</translation>
    </message>
    <message>
        <source>its list names no model, or one twice</source>
        <translation>其列表中没有模型，或有重复的模型</translation>
    </message>
    <message>
        <source>it does not begin with {manifest}</source>
        <translation>它不以 {manifest} 开头</translation>
    </message>
    <message>
        <source>it is neither a folder nor a plain tar file ({said})</source>
        <translation>它既不是文件夹，也不是普通的 tar 文件（{said}）</translation>
    </message>
    <message>
        <source>{file} is no plain file</source>
        <translation>{file} 不是普通文件</translation>
    </message>
    <message>
        <source>{file} is not in its list, or comes twice</source>
        <translation>{file} 不在其列表中，或出现两次</translation>
    </message>
    <message>
        <source>{file} has {size} bytes instead of {wanted_size}</source>
        <translation>{file} 有 {size} 字节，应为 {wanted_size}</translation>
    </message>
    <message>
        <source>{file} is missing</source>
        <translation>缺少 {file}</translation>
    </message>
    <message>
        <source>the hash of {file} is {found} instead of {expected}</source>
        <translation>{file} 的哈希为 {found}，应为 {expected}</translation>
    </message>
    <message>
        <source>the file ends after {count} bytes</source>
        <translation>文件在 {count} 字节后结束</translation>
    </message>
    <message>
        <source>a header of {count} bytes (at most {most} are accepted)</source>
        <translation>标头有 {count} 字节（最多接受 {most}）</translation>
    </message>
    <message>
        <source>the file ends inside its header of {count} bytes</source>
        <translation>文件在其 {count} 字节的标头内结束</translation>
    </message>
    <message>
        <source>a header of more than {most} bytes</source>
        <translation>标头超过 {most} 字节</translation>
    </message>
    <message>
        <source>{count} tensors</source>
        <translation>{count} 个张量</translation>
    </message>
    <message>
        <source>its tensors need {needed} bytes and the file has {count}</source>
        <translation>其张量需要 {needed} 字节，而文件有 {count}</translation>
    </message>
    <message>
        <source>a tensor is described by something else than an object</source>
        <translation>有张量不是用对象描述的</translation>
    </message>
    <message>
        <source>a tensor without dtype, shape and data_offsets</source>
        <translation>有张量缺少 dtype、shape 和 data_offsets</translation>
    </message>
    <message>
        <source>a tensor whose place makes no sense</source>
        <translation>有张量的位置不合理</translation>
    </message>
    <message>
        <source>a tensor larger than any file</source>
        <translation>有张量大于任何文件</translation>
    </message>
    <message>
        <source>a tensor whose shape and place do not agree</source>
        <translation>有张量的形状与位置不符</translation>
    </message>
    <message>
        <source>there is no weight_map</source>
        <translation>没有 weight_map</translation>
    </message>
    <message>
        <source>weight_map names something else than a file beside it</source>
        <translation>weight_map 指向的不是旁边的文件</translation>
    </message>
    <message>
        <source>general.alignment is not a small multiple of 8</source>
        <translation>general.alignment 不是 8 的小倍数</translation>
    </message>
    <message>
        <source>value type {kind} does not exist</source>
        <translation>不存在值类型 {kind}</translation>
    </message>
    <message>
        <source>array of value type {kind}</source>
        <translation>值类型为 {kind} 的数组</translation>
    </message>
    <message>
        <source>{count} {things} (at most {most} are accepted)</source>
        <translation>{count} {things}（最多接受 {most}）</translation>
    </message>
    <message>
        <source>{name} is missing</source>
        <translation>缺少 {name}</translation>
    </message>
    <message>
        <source>{name} has {count} items</source>
        <translation>{name} 有 {count} 项</translation>
    </message>
    <message>
        <source>{name} does not cover {layers} layers</source>
        <translation>{name} 不足以覆盖 {layers} 层</translation>
    </message>
    <message>
        <source>{name} is not a whole number</source>
        <translation>{name} 不是整数</translation>
    </message>
    <message>
        <source>{name} is not between {least} and {most}</source>
        <translation>{name} 不在 {least} 到 {most} 之间</translation>
    </message>
    <message>
        <source>the pattern of layers does not cover {layers} layers</source>
        <translation>层的模式不足以覆盖 {layers} 层</translation>
    </message>
    <message>
        <source>hidden_size is no multiple of num_attention_heads, and there is no head_dim</source>
        <translation>hidden_size 不是 num_attention_heads 的倍数，且没有 head_dim</translation>
    </message>
    <message>
        <source>the number of experts that answer a token is missing or larger than that of all</source>
        <translation>每个 token 的专家数缺失，或大于专家总数</translation>
    </message>
    <message>
        <source>more experts answer a token than there are</source>
        <translation>每个 token 的专家数多于现有的专家</translation>
    </message>
    <message>
        <source>a block&apos;s ffn_mult is not a factor</source>
        <translation>某个块的 ffn_mult 不是系数</translation>
    </message>
    <message>
        <source>block_count is no larger than nextn_predict_layers</source>
        <translation>block_count 不大于 nextn_predict_layers</translation>
    </message>
    <message>
        <source>not all of its {layers} layers have tensors</source>
        <translation>其 {layers} 层并非全都有张量</translation>
    </message>
    <message>
        <source>the plan is for {wanted} cards and {count} were given</source>
        <translation>方案需要 {wanted} 张显卡，而给出了 {count} 张</translation>
    </message>
    <message>
        <source>there is no {kv_format} cache on cards of SM {sm}</source>
        <translation>SM {sm} 的显卡上没有 {kv_format} 缓存</translation>
    </message>
    <message>
        <source>compiled engines are gone from 1.3 on</source>
        <translation>自 1.3 起不再有编译型引擎</translation>
    </message>
    <message>
        <source>a container cannot mount a path with a comma or a quote in it: {path}</source>
        <translation>容器无法挂载含有逗号或引号的路径：{path}</translation>
    </message>
    <message>
        <source>no engine can be compiled in {precision}</source>
        <translation>无法以 {precision} 编译引擎</translation>
    </message>
    <message>
        <source>no engine can be compiled with a {kv_format} cache</source>
        <translation>无法以 {kv_format} 缓存编译引擎</translation>
    </message>
    <message>
        <source>ModelOpt makes no {precision}</source>
        <translation>ModelOpt 无法生成 {precision}</translation>
    </message>
    <message>
        <source>ModelOpt calibrates no {kv_format} cache</source>
        <translation>ModelOpt 无法校准 {kv_format} 缓存</translation>
    </message>
    <message>
        <source>a cache in NVFP4 needs FP8 weights</source>
        <translation>NVFP4 缓存需要 FP8 权重</translation>
    </message>
    <message>
        <source>no such option: {options}</source>
        <translation>没有此选项：{options}</translation>
    </message>
    <message>
        <source>an image is not a data: URL in base64</source>
        <translation>有图像不是 base64 格式的 data: URL</translation>
    </message>
    <message>
        <source>the base64 of an image is broken</source>
        <translation>有图像的 base64 已损坏</translation>
    </message>
    <message>
        <source>an image is not PNG, JPEG, GIF or WebP</source>
        <translation>有图像不是 PNG、JPEG、GIF 或 WebP</translation>
    </message>
    <message>
        <source>an image is cut off or broken</source>
        <translation>有图像被截断或已损坏</translation>
    </message>
    <message>
        <source>an image has no pixels</source>
        <translation>有图像没有像素</translation>
    </message>
    <message>
        <source>an image has too many pixels: {width} x {height}</source>
        <translation>有图像的像素过多：{width} × {height}</translation>
    </message>
    <message>
        <source>an image has too many frames: {count}</source>
        <translation>有图像的帧数过多：{count}</translation>
    </message>
    <message>
        <source>a note inside an image unfolds to too much</source>
        <translation>图像内的附注解压后过大</translation>
    </message>
    <message>
        <source>the images of this request have too many pixels together</source>
        <translation>此请求中图像的像素总数过多</translation>
    </message>
    <message>
        <source>nothing to object</source>
        <translation>没有问题</translation>
    </message>
    <message>
        <source>TensorRT-LLM has no native Windows version.</source>
        <translation>TensorRT-LLM 没有原生 Windows 版本。</translation>
    </message>
    <message>
        <source>Run Engineroom inside WSL2 (Ubuntu 24.04), or use llama.cpp.</source>
        <translation>请在 WSL2（Ubuntu 24.04）中运行 Engineroom，或使用 llama.cpp。</translation>
    </message>
    <message>
        <source>TensorRT-LLM is made for Linux on x86_64 or aarch64; this is {system} on {arch}.</source>
        <translation>TensorRT-LLM 适用于 x86_64 或 aarch64 上的 Linux；这里是 {arch} 上的 {system}。</translation>
    </message>
    <message>
        <source>Use llama.cpp here.</source>
        <translation>请在此使用 llama.cpp。</translation>
    </message>
    <message>
        <source>Under WSL2 TensorRT-LLM is not validated, and only one card works.</source>
        <translation>TensorRT-LLM 未在 WSL2 下验证，且只能使用一张显卡。</translation>
    </message>
    <message>
        <source>Expect trouble; a Linux of its own is the safe place.</source>
        <translation>可能会遇到问题；独立的 Linux 系统更稳妥。</translation>
    </message>
    <message>
        <source>The NVIDIA driver is {found}; this version needs {needs} or newer ({source}).</source>
        <translation>NVIDIA 驱动程序为 {found}；此版本需要 {needs} 或更新版本（{source}）。</translation>
    </message>
    <message>
        <source>Update the driver, then restart the computer.</source>
        <translation>请更新驱动程序，然后重启电脑。</translation>
    </message>
    <message>
        <source>The NVIDIA driver runs CUDA up to {found}; this version needs {needs} ({source}).</source>
        <translation>NVIDIA 驱动程序最高支持 CUDA {found}；此版本需要 {needs}（{source}）。</translation>
    </message>
    <message>
        <source>The NVIDIA driver does not say its version; {needs} or newer is needed.</source>
        <translation>NVIDIA 驱动程序未报告版本；需要 {needs} 或更新版本。</translation>
    </message>
    <message>
        <source>See what nvidia-smi says.</source>
        <translation>请查看 nvidia-smi 的输出。</translation>
    </message>
    <message>
        <source>There is no NVIDIA card that can be used here.</source>
        <translation>这里没有可用的 NVIDIA 显卡。</translation>
    </message>
    <message>
        <source>It can be installed, but its gate cannot serve, so it will not become the default.</source>
        <translation>可以安装，但准入测试无法提供服务，因此不会成为默认。</translation>
    </message>
    <message>
        <source>This version has no code for {card}: {note}.</source>
        <translation>此版本没有适用于 {card} 的代码：{note}。</translation>
    </message>
    <message>
        <source>Use llama.cpp on that card, or another card.</source>
        <translation>请在该显卡上使用 llama.cpp，或换用其他显卡。</translation>
    </message>
    <message>
        <source>{card} is not on NVIDIA&apos;s list of tested cards: support by the community only.</source>
        <translation>{card} 不在 NVIDIA 的已测试显卡列表中：仅由社区支持。</translation>
    </message>
    <message>
        <source>It may work well; its gate will show.</source>
        <translation>也许能正常运行；准入测试会给出答案。</translation>
    </message>
    <message>
        <source>{path} has {free_bytes} free; {needs_bytes} are needed ({source}).</source>
        <translation>{path} 有 {free_bytes} 空闲；需要 {needs_bytes}（{source}）。</translation>
    </message>
    <message>
        <source>Free space there, or move the data to a larger disk.</source>
        <translation>请在该处释放空间，或将数据移到更大的磁盘。</translation>
    </message>
    <message>
        <source>How much is free on the disk of {path} cannot be told; {needs_bytes} are needed.</source>
        <translation>无法得知 {path} 所在磁盘的剩余空间；需要 {needs_bytes}。</translation>
    </message>
    <message>
        <source>Look with df before you install.</source>
        <translation>安装前请用 df 查看。</translation>
    </message>
    <message>
        <source>Only {available_bytes} of memory are free; below {needs_bytes} a start may be ended by the system.</source>
        <translation>只有 {available_bytes} 空闲内存；低于 {needs_bytes} 时，系统可能会终止启动。</translation>
    </message>
    <message>
        <source>Close other programs before you serve.</source>
        <translation>提供服务前请关闭其他程序。</translation>
    </message>
    <message>
        <source>The library libmpi, which TensorRT-LLM starts its workers with, is not here.</source>
        <translation>这里没有 TensorRT-LLM 用来启动工作进程的 libmpi 库。</translation>
    </message>
    <message>
        <source>Run: {command}</source>
        <translation>请运行：{command}</translation>
    </message>
    <message>
        <source>The library libmpi is here, but its program mpirun is not.</source>
        <translation>这里有 libmpi 库，但没有其程序 mpirun。</translation>
    </message>
    <message>
        <source>The program uv, which makes the environment, is not here.</source>
        <translation>这里没有用来创建环境的程序 uv。</translation>
    </message>
    <message>
        <source>Start Engineroom with packaging/launch.sh, which fetches it, or install uv.</source>
        <translation>请用 packaging/launch.sh 启动 Engineroom（它会下载 uv），或自行安装 uv。</translation>
    </message>
    <message>
        <source>Python {python} is not here, and uv may not fetch it.</source>
        <translation>这里没有 Python {python}，且 uv 不得下载它。</translation>
    </message>
    <message>
        <source>Install Python {python}.</source>
        <translation>请安装 Python {python}。</translation>
    </message>
    <message>
        <source>Python {python} is not here.</source>
        <translation>这里没有 Python {python}。</translation>
    </message>
    <message>
        <source>uv will fetch it with the installation.</source>
        <translation>uv 会在安装时下载它。</translation>
    </message>
    <message>
        <source>Neither docker nor podman is here.</source>
        <translation>这里既没有 docker，也没有 podman。</translation>
    </message>
    <message>
        <source>Install one of them with the NVIDIA Container Toolkit, or install the environment instead (--kind venv).</source>
        <translation>请安装其中之一及 NVIDIA Container Toolkit，或改为安装环境（--kind venv）。</translation>
    </message>
    <message>
        <source>{program} does not answer: {reason}.</source>
        <translation>{program} 没有响应：{reason}。</translation>
    </message>
    <message>
        <source>Run: {command} - then look again.</source>
        <translation>请运行：{command}，然后再检查。</translation>
    </message>
    <message>
        <source>Install nvidia-container-toolkit, then run: {command}</source>
        <translation>请先安装 nvidia-container-toolkit，然后运行：{command}</translation>
    </message>
    <message>
        <source>This user may not use {program}.</source>
        <translation>此用户无权使用 {program}。</translation>
    </message>
    <message>
        <source>{key} must be a table, not {got}</source>
        <translation>{key} 必须是表，而不是 {got}</translation>
    </message>
    <message>
        <source>{key} must be an array of tables, not {got}</source>
        <translation>{key} 必须是表数组，而不是 {got}</translation>
    </message>
    <message>
        <source>{key} must be a text, not {got}</source>
        <translation>{key} 必须是文本，而不是 {got}</translation>
    </message>
    <message>
        <source>{key} must be an array of texts, not {got}</source>
        <translation>{key} 必须是文本数组，而不是 {got}</translation>
    </message>
    <message>
        <source>{key} must be a table of texts, not {got}</source>
        <translation>{key} 必须是文本表，而不是 {got}</translation>
    </message>
    <message>
        <source>{key} must be true or false, not {got}</source>
        <translation>{key} 必须为 true 或 false，而不是 {got}</translation>
    </message>
    <message>
        <source>{key} must be a whole number from {least} to {most}, not {got}</source>
        <translation>{key} 必须是 {least} 到 {most} 的整数，而不是 {got}</translation>
    </message>
    <message>
        <source>{key} must be a number of MiB per second; it is {got}</source>
        <translation>{key} 必须是每秒 MiB 数，而现在是 {got}</translation>
    </message>
    <message>
        <source>{key} must be a number, the price of 1 kWh; it is {got}</source>
        <translation>{key} 必须是数字，即 1 kWh 的价格，而现在是 {got}</translation>
    </message>
    <message>
        <source>{key} must be a number of minutes, or 0 for never; it is {got}</source>
        <translation>{key} 必须是分钟数，或以 0 表示从不，而现在是 {got}</translation>
    </message>
    <message>
        <source>Run: {command} - then log in again; or use rootless podman.</source>
        <translation>请运行：{command}，然后重新登录；或使用免 root 的 podman。</translation>
    </message>
    <message>
        <source>{program} cannot hand a card to a container: the NVIDIA Container Toolkit is not set up.</source>
        <translation>{program} 无法将显卡交给容器：未设置 NVIDIA Container Toolkit。</translation>
    </message>
    <message>
        <source>{program} cannot hand a card to a container, and there is no card.</source>
        <translation>{program} 无法将显卡交给容器，而这里也没有显卡。</translation>
    </message>
    <message>
        <source>Set up the NVIDIA Container Toolkit when there is one.</source>
        <translation>有显卡后请设置 NVIDIA Container Toolkit。</translation>
    </message>
    <message>
        <source>its version cannot be read: {line}</source>
        <translation>无法读取其版本：{line}</translation>
    </message>
    <message>
        <source>it says that it is {found}, not {wanted}</source>
        <translation>它自称为 {found}，而不是 {wanted}</translation>
    </message>
    <message>
        <source>its torch was built for CUDA {found}, not {wanted}</source>
        <translation>其 torch 是为 CUDA {found} 构建的，而不是 {wanted}</translation>
    </message>
    <message>
        <source>&apos;trtllm-serve serve --help&apos; cannot be read: {line}</source>
        <translation>无法读取“trtllm-serve serve --help”：{line}</translation>
    </message>
    <message>
        <source>&apos;trtllm-serve serve&apos; does not know {options}</source>
        <translation>“trtllm-serve serve”不认识 {options}</translation>
    </message>
    <message>
        <source>the keys of its option file cannot be listed: {line}</source>
        <translation>无法列出其选项文件的键：{line}</translation>
    </message>
    <message>
        <source>its option file does not know {arguments}</source>
        <translation>其选项文件不认识 {arguments}</translation>
    </message>
    <message>
        <source>it did not serve: {line}</source>
        <translation>未能提供服务：{line}</translation>
    </message>
    <message>
        <source>it did not serve: it ended with status {status}</source>
        <translation>未能提供服务：以状态 {status} 结束</translation>
    </message>
    <message>
        <source>it did not serve: it said nothing for {seconds} s</source>
        <translation>未能提供服务：{seconds} 秒内没有任何输出</translation>
    </message>
    <message>
        <source>it did not call the tool it was offered; it answered {found}</source>
        <translation>它没有调用所提供的工具；它的回答是 {found}</translation>
    </message>
    <message>
        <source>it has no parser for the tool calls of {model}, so none was asked for</source>
        <translation>它没有用于 {model} 工具调用的解析器，因此未要求调用</translation>
    </message>
    <message>
        <source>it is {percent} % slower than {reference}: {tokens_per_s} tokens/s against {reference_tokens_per_s}</source>
        <translation>比 {reference} 慢 {percent} %：{tokens_per_s} token/s，对比 {reference_tokens_per_s}</translation>
    </message>
    <message>
        <source>there is no runtime to compare its speed with</source>
        <translation>没有可用于比较速度的运行时</translation>
    </message>
    <message>
        <source>its speed could not be measured</source>
        <translation>无法测量其速度</translation>
    </message>
    <message>
        <source>not run: no card</source>
        <translation>未运行：没有显卡</translation>
    </message>
    <message>
        <source>not run: {card} is in use by {holders}. Stop what runs on it (engineroom stop), then run the gate again (engineroom runtimes gate)</source>
        <translation>未运行：{card} 正被 {holders} 使用。请停止其上运行的程序（engineroom stop），然后重新运行准入测试（engineroom runtimes gate）</translation>
    </message>
    <message>
        <source>not run: no model to try it with</source>
        <translation>未运行：没有可用于测试的模型</translation>
    </message>
    <message>
        <source>not run: a check before it failed</source>
        <translation>未运行：之前的检查未通过</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>权限不足</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>不允许此操作</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有该文件或文件夹</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘空间已用完</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>已超出磁盘配额</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>文件过大</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统为只读</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入/输出错误</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>文件已存在</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>它不是文件夹</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>它是文件夹</translation>
    </message>
    <message>
        <source>Directory not empty</source>
        <translation>文件夹不为空</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名过长</translation>
    </message>
    <message>
        <source>Too many levels of symbolic links</source>
        <translation>符号链接层数过多</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>设备或资源正忙</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>打开的文件过多</translation>
    </message>
    <message>
        <source>Cannot allocate memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>Address already in use</source>
        <translation>地址已被占用</translation>
    </message>
    <message>
        <source>Cannot assign requested address</source>
        <translation>此电脑上没有该地址</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>连接被拒绝</translation>
    </message>
    <message>
        <source>Connection reset by peer</source>
        <translation>连接被对方重置</translation>
    </message>
    <message>
        <source>Connection timed out</source>
        <translation>连接超时</translation>
    </message>
    <message>
        <source>No route to host</source>
        <translation>没有到该主机的路由</translation>
    </message>
    <message>
        <source>Network is unreachable</source>
        <translation>网络不可达</translation>
    </message>
    <message>
        <source>Name or service not known</source>
        <translation>网络中找不到该名称</translation>
    </message>
    <message>
        <source>Temporary failure in name resolution</source>
        <translation>暂时无法解析网络名称</translation>
    </message>
    <message>
        <source>Resource temporarily unavailable</source>
        <translation>资源暂时不可用</translation>
    </message>
    <message>
        <source>Argument list too long</source>
        <translation>参数列表过长</translation>
    </message>
    <message>
        <source>Exec format error</source>
        <translation>可执行文件格式错误</translation>
    </message>
    <message>
        <source>Too many open files in system</source>
        <translation>系统中打开的文件过多</translation>
    </message>
    <message>
        <source>Text file busy</source>
        <translation>程序文件正在使用中</translation>
    </message>
    <message>
        <source>No such device</source>
        <translation>没有该设备</translation>
    </message>
    <message>
        <source>No such device or address</source>
        <translation>没有该设备或地址</translation>
    </message>
    <message>
        <source>Broken pipe</source>
        <translation>管道已断开</translation>
    </message>
    <message>
        <source>Software caused connection abort</source>
        <translation>软件中止了连接</translation>
    </message>
    <message>
        <source>the program {program} does not start</source>
        <translation>程序 {program} 无法启动</translation>
    </message>
    <message>
        <source>database or disk is full</source>
        <translation>数据库或磁盘已满</translation>
    </message>
    <message>
        <source>attempt to write a readonly database</source>
        <translation>数据库为只读</translation>
    </message>
    <message>
        <source>unable to open database file</source>
        <translation>无法打开数据库文件</translation>
    </message>
    <message>
        <source>database is locked</source>
        <translation>数据库已锁定</translation>
    </message>
    <message>
        <source>database disk image is malformed</source>
        <translation>数据库已损坏</translation>
    </message>
    <message>
        <source>file is not a database</source>
        <translation>该文件不是数据库</translation>
    </message>
    <message>
        <source>disk I/O error</source>
        <translation>磁盘输入/输出错误</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>驱动程序</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>line {row}, column {column}: neither a setting nor a table begins there</source>
        <translation>第 {row} 行第 {column} 列：此处既不是设置项也不是表的开头</translation>
    </message>
    <message>
        <source>line {row}, column {column}: an equals sign must follow the name of a setting</source>
        <translation>第 {row} 行第 {column} 列：设置名之后必须有等号</translation>
    </message>
    <message>
        <source>line {row}, column {column}: the value is missing or is none; texts stand in quotes</source>
        <translation>第 {row} 行第 {column} 列：缺少值或值无效；文本须加引号</translation>
    </message>
    <message>
        <source>line {row}, column {column}: the line should end there</source>
        <translation>第 {row} 行第 {column} 列：此行应在此处结束</translation>
    </message>
    <message>
        <source>line {row}, column {column}: what is set there has been set before</source>
        <translation>第 {row} 行第 {column} 列：此项之前已经设置过</translation>
    </message>
    <message>
        <source>line {row}, column {column}: the name of a table must be closed with a bracket</source>
        <translation>第 {row} 行第 {column} 列：表名之后缺少右方括号</translation>
    </message>
    <message>
        <source>line {row}, column {column}: the text is not closed; a quote is missing</source>
        <translation>第 {row} 行第 {column} 列：文本没有闭合，缺少引号</translation>
    </message>
    <message>
        <source>line {row}, column {column}: the list or table is not closed</source>
        <translation>第 {row} 行第 {column} 列：列表或表没有闭合</translation>
    </message>
    <message>
        <source>line {row}, column {column}: a backslash in a text must be doubled</source>
        <translation>第 {row} 行第 {column} 列：文本中的反斜杠必须写成两个</translation>
    </message>
    <message>
        <source>line {row}, column {column}: this character may not stand there</source>
        <translation>第 {row} 行第 {column} 列：此处不允许出现该字符</translation>
    </message>
    <message>
        <source>line {row}, column {column}: there is no such date or time</source>
        <translation>第 {row} 行第 {column} 列：日期或时间不存在</translation>
    </message>
    <message>
        <source>line {row}, column {column} cannot be read: {said}</source>
        <translation>第 {row} 行第 {column} 列无法读取：{said}</translation>
    </message>
    <message>
        <source>it is no text in UTF-8</source>
        <translation>不是 UTF-8 文本</translation>
    </message>
    <message>
        <source>line {row}, column {column} is no JSON</source>
        <translation>第 {row} 行第 {column} 列不是有效的 JSON</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>it is no JSON object</source>
        <translation>不是 JSON 对象</translation>
    </message>
    <message>
        <source>a key comes twice</source>
        <translation>有键重复出现</translation>
    </message>
    <message>
        <source>{field} is not known here</source>
        <translation>此处不认识 {field}</translation>
    </message>
    <message>
        <source>{field} must be {expected}, not {got}</source>
        <translation>{field} 必须为 {expected}，而不是 {got}</translation>
    </message>
    <message>
        <source>{field} cannot be {got}</source>
        <translation>{field} 不能为 {got}</translation>
    </message>
    <message>
        <source>{field} must be {expected}</source>
        <translation>{field} 必须为 {expected}</translation>
    </message>
    <message>
        <source>{field} is not accepted: {said}</source>
        <translation>{field} 不被接受：{said}</translation>
    </message>
    <message>
        <source>the engine refused it</source>
        <translation>引擎拒绝了它</translation>
    </message>
    <message>
        <source>the chat template of this model takes no system prompt</source>
        <translation>该模型的聊天模板不支持系统提示词</translation>
    </message>
    <message>
        <source>the chat template of this model wants questions and answers in turn</source>
        <translation>该模型的聊天模板要求问题与回答交替出现</translation>
    </message>
    <message>
        <source>it is not in the form that was expected ({said})</source>
        <translation>格式与预期不符（{said}）</translation>
    </message>
    <message>
        <source>no answer to {path} within {seconds} s</source>
        <translation>{seconds} 秒内没有回应 {path}</translation>
    </message>
    <message>
        <source>{path} answered with status {status}: {said}</source>
        <translation>{path} 回应了状态 {status}：{said}</translation>
    </message>
    <message>
        <source>its Python package {name} is not installed</source>
        <translation>未安装其 Python 包 {name}</translation>
    </message>
    <message>
        <source>its library {library} is not here</source>
        <translation>缺少其库 {library}</translation>
    </message>
    <message>
        <source>it cannot be loaded: {said}</source>
        <translation>无法加载：{said}</translation>
    </message>
    <message>
        <source>the environment has no packages</source>
        <translation>环境中没有任何软件包</translation>
    </message>
    <message>
        <source>the image does not say where it came from</source>
        <translation>镜像中没有来源信息</translation>
    </message>
    <message>
        <source>its program wrote nothing</source>
        <translation>相应的程序没有写出任何文件</translation>
    </message>
    <message>
        <source>its program did not write all that is needed, only {names}</source>
        <translation>相应的程序没有写出全部所需文件，只有 {names}</translation>
    </message>
    <message>
        <source>its program wrote no config.json that can be read</source>
        <translation>相应的程序没有写出可读的 config.json</translation>
    </message>
    <message>
        <source>it ended with status {status} and said nothing</source>
        <translation>以状态 {status} 结束，没有任何输出</translation>
    </message>
    <message>
        <source>what was exported cannot be read: {said}</source>
        <translation>导出的内容无法读取：{said}</translation>
    </message>
    <message>
        <source>{found} was exported instead of {expected}</source>
        <translation>导出的是 {found}，而不是 {expected}</translation>
    </message>
    <message>
        <source>the exported weights are not quantised, and {expected} was wanted</source>
        <translation>导出的权重未经量化，而所需的是 {expected}</translation>
    </message>
    <message>
        <source>{found_count} parameters were exported, and the model has {count}</source>
        <translation>导出了 {found_count} 个参数，而模型有 {count} 个</translation>
    </message>
    <message>
        <source>{size} bytes of weights were exported, and about {expected} were expected</source>
        <translation>导出了 {size} 字节的权重，而预期约为 {expected}</translation>
    </message>
    <message>
        <source>{name} was exported in the shape {found}, and the model&apos;s is {expected}</source>
        <translation>{name} 导出的形状为 {found}，而模型中为 {expected}</translation>
    </message>
    <message>
        <source>several machines are needed, each named once; for one with several cards there is engineroom build --gpus</source>
        <translation>需要多台机器，且每台只写一次；一台多卡的机器请用 engineroom build --gpus</translation>
    </message>
    <message>
        <source>{name} is neither a name nor an address of a machine</source>
        <translation>{name} 既不是机器的名称也不是地址</translation>
    </message>
    <message>
        <source>{count} cards in each machine are not possible: it is 1 to {most}</source>
        <translation>每台机器不能有 {count} 张显卡：应为 1 到 {most}</translation>
    </message>
    <message>
        <source>a compiled engine is made for its ranks on each machine; build the kind checkpoint</source>
        <translation>编译型引擎要在每台机器上为其 rank 制作；请构建 checkpoint 类型</translation>
    </message>
    <message>
        <source>how TensorRT-LLM {version} starts its ranks over several machines is not known here, only {first} up to below {beyond}</source>
        <translation>此处不清楚 TensorRT-LLM {version} 如何在多台机器上启动其 rank，只支持 {first} 到 {beyond}（不含）</translation>
    </message>
    <message>
        <source>its {heads} attention heads cannot be spread evenly over {count} cards</source>
        <translation>其 {heads} 个注意力头无法平均分布到 {count} 张显卡</translation>
    </message>
    <message>
        <source>there is no certificate in PEM form in it</source>
        <translation>其中没有 PEM 格式的证书</translation>
    </message>
    <message>
        <source>it is damaged, or not in PEM form</source>
        <translation>文件已损坏，或不是 PEM 格式</translation>
    </message>
    <message>
        <source>it is locked with a password, and nobody is asked for one here</source>
        <translation>文件有密码保护，而此处不会询问密码</translation>
    </message>
    <message>
        <source>the key does not belong to the certificate</source>
        <translation>密钥与证书不匹配</translation>
    </message>
    <message>
        <source>its key or its signature is too weak for today&apos;s rules</source>
        <translation>其密钥或签名强度不符合当前要求</translation>
    </message>
    <message>
        <source>it is not a key that was made here</source>
        <translation>该密钥不是在此生成的</translation>
    </message>
    <message>
        <source>it is not accepted: {said}</source>
        <translation>不被接受：{said}</translation>
    </message>
</context>
<context>
    <name>energy</name>
    <message>
        <source>no price set</source>
        <translation>未设置价格</translation>
    </message>
    <message>
        <source>{energy} J</source>
        <translation>{energy} J</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Requests that were answered, also in part</source>
        <translation>已回答的请求，包括部分回答的</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>输入 token</translation>
    </message>
    <message>
        <source>Tokens of the prompts</source>
        <translation>提示词的 token</translation>
    </message>
    <message>
        <source>Tokens out</source>
        <translation>输出 token</translation>
    </message>
    <message>
        <source>Tokens of the answers</source>
        <translation>回答的 token</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>能耗</translation>
    </message>
    <message>
        <source>What the cards drew while these requests ran, by their shares</source>
        <translation>这些请求运行期间显卡的耗电，按各自份额计算</translation>
    </message>
    <message>
        <source>Above idle</source>
        <translation>高于空闲</translation>
    </message>
    <message>
        <source>The part of it that exceeds idling</source>
        <translation>其中超出空闲状态的部分</translation>
    </message>
    <message>
        <source>Per token</source>
        <translation>每 token</translation>
    </message>
    <message>
        <source>Energy for each token of the answers</source>
        <translation>回答中每个 token 的能耗</translation>
    </message>
    <message>
        <source>Wh</source>
        <translation>Wh</translation>
    </message>
    <message>
        <source>The same energy as an electricity meter counts it</source>
        <translation>同一能耗，按电表的计量方式</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>At the price per kWh of the settings</source>
        <translation>按设置中每 kWh 的价格计算</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>总计</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>估算</translation>
    </message>
</context>
<context>
    <name>engines</name>
    <message>
        <source>Plan</source>
        <translation>规划</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>获取</translation>
    </message>
    <message>
        <source>Quantise</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>转换</translation>
    </message>
    <message>
        <source>Compile</source>
        <translation>编译</translation>
    </message>
    <message>
        <source>Configure</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Trial run</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>Seal</source>
        <translation>封存</translation>
    </message>
    <message>
        <source>Load time</source>
        <translation>加载时间</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>首个 token 延迟</translation>
    </message>
    <message>
        <source>One stream</source>
        <translation>单流</translation>
    </message>
    <message>
        <source>All streams</source>
        <translation>全部流</translation>
    </message>
    <message>
        <source>Energy of a token</source>
        <translation>每 token 能耗</translation>
    </message>
    <message>
        <source>Energy of a token, all streams</source>
        <translation>每 token 能耗，全部流</translation>
    </message>
    <message>
        <source>GPU memory, at most</source>
        <translation>显存峰值</translation>
    </message>
    <message>
        <source>GPU memory, after answers</source>
        <translation>显存，回答后</translation>
    </message>
    <message>
        <source>Main memory, at most</source>
        <translation>主内存峰值</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>修订版本</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Cache format</source>
        <translation>缓存格式</translation>
    </message>
    <message>
        <source>Context asked for</source>
        <translation>要求的上下文</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>并发请求数</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>显卡数</translation>
    </message>
    <message>
        <source>Runtime version</source>
        <translation>运行时版本</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>驱动程序</translation>
    </message>
    <message>
        <source>Called a tool</source>
        <translation>调用过工具</translation>
    </message>
    <message>
        <source>Kept to a schema</source>
        <translation>遵循了 JSON Schema</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>checkpoint</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>compiled</source>
        <translation>编译型</translation>
    </message>
    <message>
        <source>It was built for {built}, which is not here now.</source>
        <translation>它为 {built} 构建，而该显卡目前不在这里。</translation>
    </message>
    <message>
        <source>It was built with driver {built}; now it is {now}.</source>
        <translation>构建时的驱动程序为 {built}，现在是 {now}。</translation>
    </message>
    <message>
        <source>Its runtime {built} is not installed any more.</source>
        <translation>其运行时 {built} 已不再安装。</translation>
    </message>
    <message>
        <source>Its runtime was {built} and is {now} now.</source>
        <translation>其运行时原为 {built}，现在是 {now}。</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>under 1 ms</source>
        <translation>不到 1 ms</translation>
    </message>
    <message>
        <source>no estimate</source>
        <translation>无估算</translation>
    </message>
    <message>
        <source>about {value}</source>
        <translation>约 {value}</translation>
    </message>
    <message>
        <source>{value} ({range})</source>
        <translation>{value}（{range}）</translation>
    </message>
    <message>
        <source>{percent} of it</source>
        <translation>为估算的 {percent}</translation>
    </message>
    <message>
        <source>{count} times it</source>
        <translation>为估算的 {count} 倍</translation>
    </message>
    <message>
        <source>should be built again</source>
        <translation>应重新构建</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} token</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>约 {time}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>What is planned are estimates for the PyTorch backend; a compiled engine may need more or less. The next plan of one starts from what this trial measured.</source>
        <translation>规划值是针对 PyTorch 后端的估算；编译型引擎的实际需求可能更多或更少。下一次为编译型引擎制定的方案将以此次试运行的测量结果为起点。</translation>
    </message>
</context>
<context>
    <name>fixes</name>
    <message>
        <source>Serve with half the context</source>
        <translation>以一半的上下文提供服务</translation>
    </message>
    <message>
        <source>Serve half as many requests at once</source>
        <translation>将并发请求数减半</translation>
    </message>
    <message>
        <source>Read prompts in smaller pieces</source>
        <translation>以更小的分块读取提示词</translation>
    </message>
    <message>
        <source>Give the cache less of the free memory</source>
        <translation>减少缓存占用的空闲显存</translation>
    </message>
    <message>
        <source>Keep the cache in FP8, in half the room</source>
        <translation>以 FP8 保存缓存，占用减半</translation>
    </message>
    <message>
        <source>Let the checkpoint say how the cache is kept</source>
        <translation>由检查点决定缓存格式</translation>
    </message>
    <message>
        <source>Let the engine listen on another port</source>
        <translation>让引擎改用另一个端口</translation>
    </message>
    <message>
        <source>Start without the option this version does not know</source>
        <translation>去掉此版本不支持的选项后启动</translation>
    </message>
    <message>
        <source>Load the weights one after the other, in less main memory</source>
        <translation>逐个加载权重，减少主内存占用</translation>
    </message>
    <message>
        <source>Let the cards exchange data the plain way, through NCCL</source>
        <translation>让显卡通过 NCCL 以普通方式交换数据</translation>
    </message>
    <message>
        <source>Let the cards exchange data through main memory</source>
        <translation>让显卡通过主内存交换数据</translation>
    </message>
    <message>
        <source>Use the compiler of the CUDA toolkit</source>
        <translation>使用 CUDA 工具包的编译器</translation>
    </message>
    <message>
        <source>Let MPI start more processes than it counts places for</source>
        <translation>允许 MPI 启动超过其槽位数的进程</translation>
    </message>
    <message>
        <source>Start the engine again</source>
        <translation>重新启动引擎</translation>
    </message>
    <message>
        <source>Make a new plan</source>
        <translation>重新规划</translation>
    </message>
    <message>
        <source>Choose a checkpoint of the model in another precision</source>
        <translation>选择此模型其他精度的检查点</translation>
    </message>
    <message>
        <source>Choose another model</source>
        <translation>选择其他模型</translation>
    </message>
    <message>
        <source>Choose another runtime</source>
        <translation>选择其他运行时</translation>
    </message>
    <message>
        <source>Spread the model over more cards</source>
        <translation>将模型分布到更多显卡</translation>
    </message>
    <message>
        <source>Spread the model over fewer cards</source>
        <translation>将模型分布到更少显卡</translation>
    </message>
    <message>
        <source>Ask the installed runtime again what it knows</source>
        <translation>重新查询已安装运行时的功能</translation>
    </message>
    <message>
        <source>Install the runtime anew</source>
        <translation>重新安装运行时</translation>
    </message>
    <message>
        <source>Install a newer version of the runtime</source>
        <translation>安装更新版本的运行时</translation>
    </message>
    <message>
        <source>Fetch the container image again</source>
        <translation>重新获取容器镜像</translation>
    </message>
    <message>
        <source>Fetch the model again; what is here is kept</source>
        <translation>重新获取模型；已有部分会保留</translation>
    </message>
    <message>
        <source>End what else holds memory of the card</source>
        <translation>结束占用显存的其他程序</translation>
    </message>
    <message>
        <source>Have the system give back memory it keeps files in</source>
        <translation>让系统释放文件缓存占用的内存</translation>
    </message>
    <message>
        <source>Free space on the disk</source>
        <translation>释放磁盘空间</translation>
    </message>
    <message>
        <source>Give this user back the folder; a container may have written it as root</source>
        <translation>将文件夹归还当前用户；容器可能以 root 身份写入过</translation>
    </message>
    <message>
        <source>Update the NVIDIA driver to 580 or newer</source>
        <translation>将 NVIDIA 驱动程序更新到 580 或更高版本</translation>
    </message>
    <message>
        <source>Remove the cuda-compat package</source>
        <translation>移除 cuda-compat 软件包</translation>
    </message>
    <message>
        <source>Check that the driver sees the card</source>
        <translation>检查驱动程序能否识别显卡</translation>
    </message>
    <message>
        <source>Let several programs compute on the card at once</source>
        <translation>允许多个程序同时在此显卡上计算</translation>
    </message>
    <message>
        <source>Restart the computer</source>
        <translation>重启电脑</translation>
    </message>
    <message>
        <source>Install Open MPI</source>
        <translation>安装 Open MPI</translation>
    </message>
    <message>
        <source>Start from a shell that belongs to no cluster job</source>
        <translation>在不属于任何集群作业的 shell 中启动</translation>
    </message>
    <message>
        <source>Let the container share the host&apos;s memory segments</source>
        <translation>让容器共享主机的内存段</translation>
    </message>
    <message>
        <source>Start the container service</source>
        <translation>启动容器服务</translation>
    </message>
    <message>
        <source>Add this user to the docker group and sign in again</source>
        <translation>将当前用户加入 docker 组并重新登录</translation>
    </message>
    <message>
        <source>Install the NVIDIA Container Toolkit</source>
        <translation>安装 NVIDIA Container Toolkit</translation>
    </message>
    <message>
        <source>Remove the container an earlier start left</source>
        <translation>移除上次启动遗留的容器</translation>
    </message>
    <message>
        <source>Accept the model&apos;s terms on its page</source>
        <translation>在模型页面上接受其条款</translation>
    </message>
    <message>
        <source>Set a Hugging Face token that may read the model</source>
        <translation>设置有权读取此模型的 Hugging Face 令牌</translation>
    </message>
    <message>
        <source>Connect to the network</source>
        <translation>连接网络</translation>
    </message>
    <message>
        <source>Wait a while and try again</source>
        <translation>稍等片刻再重试</translation>
    </message>
    <message>
        <source>It needs the rights of an administrator, which Engineroom never asks for.</source>
        <translation>这需要管理员权限，Engineroom 从不索取该权限。</translation>
    </message>
    <message>
        <source>Only you can agree to somebody&apos;s terms, signed in as yourself.</source>
        <translation>只有您本人登录后才能同意他人的条款。</translation>
    </message>
    <message>
        <source>A token is yours to give; it is asked for when you run the command.</source>
        <translation>令牌只能由您提供；运行该命令时会要求输入。</translation>
    </message>
    <message>
        <source>What to give up of your own is for you to choose.</source>
        <translation>放弃自己的哪些内容由您决定。</translation>
    </message>
    <message>
        <source>It is decided outside this program.</source>
        <translation>这在本程序之外决定。</translation>
    </message>
    <message>
        <source>This computer has no other number of such cards to offer.</source>
        <translation>这台计算机没有其他数量的同类显卡可用。</translation>
    </message>
    <message>
        <source>Nothing else is known that would run on this card.</source>
        <translation>没有已知的其他方案可在此显卡上运行。</translation>
    </message>
    <message>
        <source>A new plan makes this very engine again. If its files are not what they were, remove it and build it anew.</source>
        <translation>新方案得到的还是同一个引擎。如果其文件已被更改，请删除它并重新构建。</translation>
    </message>
    <message>
        <source>Where this model came from is not known, so it cannot be made again by itself.</source>
        <translation>该模型的来源未知，因此无法自动重新制作。</translation>
    </message>
    <message>
        <source>{fix}: it stopped half way, and no engine was started. {why}</source>
        <translation>{fix}：中途停止，未启动任何引擎。{why}</translation>
    </message>
    <message>
        <source>{fix}: its job has failed. {why}</source>
        <translation>{fix}：任务失败。{why}</translation>
    </message>
    <message>
        <source>{fix}: its job is under way; an engine is started when it is done.</source>
        <translation>{fix}：任务正在进行；完成后将启动引擎。</translation>
    </message>
    <message>
        <source>{knob}: {before} -&gt; {after}</source>
        <translation>{knob}：{before} → {after}</translation>
    </message>
    <message>
        <source>{knob}: not set -&gt; {after}</source>
        <translation>{knob}：未设置 → {after}</translation>
    </message>
    <message>
        <source>{knob}: {before} -&gt; not set</source>
        <translation>{knob}：{before} → 未设置</translation>
    </message>
    <message>
        <source>stop {engine}</source>
        <translation>停止 {engine}</translation>
    </message>
    <message>
        <source>end {program} (pid {pid}), which an earlier start left</source>
        <translation>结束先前启动遗留的 {program}（PID {pid}）</translation>
    </message>
    <message>
        <source>end {program} (pid {pid}), a program of yours, if you name it</source>
        <translation>在您指定后结束您的程序 {program}（PID {pid}）</translation>
    </message>
    <message>
        <source>end {program} (pid {pid}, {held_bytes}), a program of yours, if you name it</source>
        <translation>在您指定后结束您的程序 {program}（PID {pid}，{held_bytes}）</translation>
    </message>
    <message>
        <source>{program} (pid {pid}) holds {held_bytes}</source>
        <translation>{program}（PID {pid}）占用 {held_bytes}</translation>
    </message>
    <message>
        <source>{program} (pid {pid}) holds memory</source>
        <translation>{program}（PID {pid}）占用显存</translation>
    </message>
    <message>
        <source>put {runtime} through its gate again</source>
        <translation>让 {runtime} 重新运行准入测试</translation>
    </message>
    <message>
        <source>install {runtime} anew beside itself and replace it when its gate is passed</source>
        <translation>在旁边重新安装 {runtime}，通过准入测试后替换原有的</translation>
    </message>
    <message>
        <source>fetch the image of {runtime} anew and replace it when its gate is passed</source>
        <translation>重新获取 {runtime} 的镜像，通过准入测试后替换原有的</translation>
    </message>
    <message>
        <source>install the newest known TensorRT-LLM beside {runtime}</source>
        <translation>在 {runtime} 旁边安装已知最新的 TensorRT-LLM</translation>
    </message>
    <message>
        <source>fetch {repo} again; what is whole here is kept</source>
        <translation>重新获取 {repo}；此处完整的部分会保留</translation>
    </message>
    <message>
        <source>fetch {repo} ({variant}), which llama.cpp serves</source>
        <translation>获取 {repo}（{variant}），由 llama.cpp 提供服务</translation>
    </message>
    <message>
        <source>build {model} as a new plan has it</source>
        <translation>按新方案构建 {model}</translation>
    </message>
    <message>
        <source>build {model} in {precision} for the same card</source>
        <translation>以 {precision} 为同一显卡构建 {model}</translation>
    </message>
    <message>
        <source>build {model} over {cards} cards</source>
        <translation>跨 {cards} 张显卡构建 {model}</translation>
    </message>
    <message>
        <source>build {model} over one card</source>
        <translation>为单张显卡构建 {model}</translation>
    </message>
    <message>
        <source>build {model} with {runtime}</source>
        <translation>用 {runtime} 构建 {model}</translation>
    </message>
    <message>
        <source>build {model} for TensorRT-LLM</source>
        <translation>为 TensorRT-LLM 构建 {model}</translation>
    </message>
    <message>
        <source>start the new one</source>
        <translation>启动新的引擎</translation>
    </message>
    <message>
        <source>start {engine} again</source>
        <translation>重新启动 {engine}</translation>
    </message>
    <message>
        <source>build the engine again with it, and start that</source>
        <translation>用它重新构建引擎并启动</translation>
    </message>
    <message>
        <source>job {job} has begun: engineroom jobs</source>
        <translation>任务 {job} 已开始：engineroom jobs</translation>
    </message>
    <message>
        <source>taken back by: engineroom doctor {engine} --undo</source>
        <translation>撤销方法：engineroom doctor {engine} --undo</translation>
    </message>
    <message>
        <source>the plan: {precision}, {context_tokens} tokens of context, {concurrency} at once, on {gpus} x {gpu}: it fits</source>
        <translation>方案（可容纳）：{precision}，{context_tokens} 个 token 的上下文，并发 {concurrency}，{gpus} × {gpu}</translation>
    </message>
    <message>
        <source>the plan: {precision}, {context_tokens} tokens of context, {concurrency} at once, on {gpus} x {gpu}: it is tight</source>
        <translation>方案（勉强容纳）：{precision}，{context_tokens} 个 token 的上下文，并发 {concurrency}，{gpus} × {gpu}</translation>
    </message>
    <message>
        <source>the plan: {precision}, {context_tokens} tokens of context, {concurrency} at once, on {gpus} x {gpu}: it may not fit</source>
        <translation>方案（可能容纳不下）：{precision}，{context_tokens} 个 token 的上下文，并发 {concurrency}，{gpus} × {gpu}</translation>
    </message>
    <message>
        <source>memory of each card: {total_bytes} of {card_bytes} (estimate)</source>
        <translation>每张显卡的显存：{total_bytes} / {card_bytes}（估算）</translation>
    </message>
    <message>
        <source>it is done only with a yes: {reason}</source>
        <translation>须经您同意才会执行：{reason}</translation>
    </message>
    <message>
        <source>the new engine is {engine}; {old} stays as it is</source>
        <translation>新引擎是 {engine}；{old} 保持不变</translation>
    </message>
    <message>
        <source>to fetch: {fetch_bytes}</source>
        <translation>需要获取：{fetch_bytes}</translation>
    </message>
    <message>
        <source>to fetch: {fetch_bytes}, {free_bytes} are free</source>
        <translation>需要获取：{fetch_bytes}；可用空间 {free_bytes}</translation>
    </message>
    <message>
        <source>TensorRT-LLM {version} can be installed here as a container</source>
        <translation>此处可将 TensorRT-LLM {version} 安装为容器</translation>
    </message>
    <message>
        <source>TensorRT-LLM {version} can be installed here as an environment</source>
        <translation>此处可将 TensorRT-LLM {version} 安装为环境</translation>
    </message>
</context>
<context>
    <name>hardware</name>
    <message>
        <source>power limit</source>
        <translation>功耗限制</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>temperature (by the hardware)</source>
        <translation>温度（硬件控制）</translation>
    </message>
    <message>
        <source>hardware slowdown</source>
        <translation>硬件降频</translation>
    </message>
    <message>
        <source>power brake of the computer</source>
        <translation>电脑的功耗制动</translation>
    </message>
    <message>
        <source>the pace of other cards</source>
        <translation>与其他显卡同步</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>This card fell off the bus</source>
        <translation>此显卡已从总线上掉线</translation>
    </message>
    <message>
        <source>What ran on it was stopped. It is looked for again by itself; once it is back, serve again. If it stays away, restart the computer and check its power cable and cooling.</source>
        <translation>显卡上运行的内容已停止。系统会自动重新查找；恢复后请重新启动服务。如仍未恢复，请重启电脑，并检查显卡的电源线和散热。</translation>
    </message>
    <message>
        <source>no access</source>
        <translation>无权访问</translation>
    </message>
    <message>
        <source>Your user may not open this card</source>
        <translation>当前用户无权打开此显卡</translation>
    </message>
    <message>
        <source>Give your user access to the /dev/nvidia devices, or pass the card into the container.</source>
        <translation>为当前用户授予访问 /dev/nvidia 设备的权限，或将显卡传入容器。</translation>
    </message>
    <message>
        <source>published</source>
        <translation>公布值</translation>
    </message>
    <message>
        <source>from clock and bus width</source>
        <translation>由频率和位宽推算</translation>
    </message>
    <message>
        <source>Memory in use: not reported</source>
        <translation>已用显存：未报告</translation>
    </message>
    <message>
        <source>{used} used, {free} free</source>
        <translation>已用 {used}，空闲 {free}</translation>
    </message>
    <message>
        <source>{ours} ours, {others} others, {free} free</source>
        <translation>本程序 {ours}，其他程序 {others}，空闲 {free}</translation>
    </message>
    <message>
        <source>Clock limits: not reported</source>
        <translation>频率限制：未报告</translation>
    </message>
    <message>
        <source>Nothing holds the clocks down</source>
        <translation>频率未受限制</translation>
    </message>
    <message>
        <source>Clocks held down by: {reasons}</source>
        <translation>频率受限原因：{reasons}</translation>
    </message>
    <message>
        <source>{drawn} of {limit}</source>
        <translation>{drawn} / {limit}</translation>
    </message>
    <message>
        <source>Power, with its CPU</source>
        <translation>功耗（含 CPU）</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>功耗</translation>
    </message>
    <message>
        <source>not in the bundled table</source>
        <translation>不在内置表中</translation>
    </message>
    <message>
        <source>Error Xid {code} at {at}: {meaning}.</source>
        <translation>Xid 错误 {code}，{at}：{meaning}。</translation>
    </message>
    <message>
        <source>{degrees}, {margin}° left</source>
        <translation>{degrees}，余量 {margin}°</translation>
    </message>
    <message>
        <source>{degrees}, {margin}° too hot</source>
        <translation>{degrees}，过热 {margin}°</translation>
    </message>
    <message>
        <source>{sm} / {memory} MHz</source>
        <translation>{sm} / {memory} MHz</translation>
    </message>
    <message>
        <source>unknown program</source>
        <translation>未知程序</translation>
    </message>
    <message>
        <source>{program} (ours, {pid})</source>
        <translation>{program}（本程序，{pid}）</translation>
    </message>
    <message>
        <source>Compute capability</source>
        <translation>计算能力</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Memory bandwidth</source>
        <translation>显存带宽</translation>
    </message>
    <message>
        <source>Power limits</source>
        <translation>功耗上限</translation>
    </message>
    <message>
        <source>Power is of</source>
        <translation>功耗范围</translation>
    </message>
    <message>
        <source>the whole module, CPU included</source>
        <translation>整个模块，含 CPU</translation>
    </message>
    <message>
        <source>PCIe</source>
        <translation>PCIe</translation>
    </message>
    <message>
        <source>NVLink</source>
        <translation>NVLink</translation>
    </message>
    <message>
        <source>ECC</source>
        <translation>ECC</translation>
    </message>
    <message>
        <source>MIG</source>
        <translation>MIG</translation>
    </message>
    <message>
        <source>Compute mode</source>
        <translation>计算模式</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Kept for the system</source>
        <translation>系统保留</translation>
    </message>
    <message>
        <source>Addressing</source>
        <translation>寻址</translation>
    </message>
    <message>
        <source>Driver model</source>
        <translation>驱动程序模型</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>驱动程序</translation>
    </message>
    <message>
        <source>CUDA, newest possible</source>
        <translation>支持的最高 CUDA 版本</translation>
    </message>
    <message>
        <source>PCI address</source>
        <translation>PCI 地址</translation>
    </message>
    <message>
        <source>UUID</source>
        <translation>UUID</translation>
    </message>
    <message>
        <source>{rate} ({origin})</source>
        <translation>{rate}（{origin}）</translation>
    </message>
    <message>
        <source>{low} to {high}, normally {default}</source>
        <translation>{low} 至 {high}，默认 {default}</translation>
    </message>
    <message>
        <source>generation {generation}, {width} lanes</source>
        <translation>第 {generation} 代，{width} 通道</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{n} links</source>
        <translation>{n} 条链路</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>{name}, {memory}</source>
        <translation>{name}，{memory}</translation>
    </message>
</context>
<context>
    <name>keeping</name>
    <message>
        <source>Pinned: it stays loaded and makes room for no other.</source>
        <translation>已固定：保持加载，不为其他模型让出空间。</translation>
    </message>
    <message>
        <source>It makes room for {other} next.</source>
        <translation>接下来将为 {other} 让出空间。</translation>
    </message>
    <message>
        <source>It stays until it is stopped, or another needs its memory.</source>
        <translation>保持加载，直到被停止，或其他模型需要其内存。</translation>
    </message>
    <message>
        <source>It is unloaded {time} after its last answer.</source>
        <translation>最后一次回答 {time} 后卸载。</translation>
    </message>
    <message>
        <source>It is unloaded in {time} unless it is asked.</source>
        <translation>若无提问，{time} 后卸载。</translation>
    </message>
    <message>
        <source>{waiting} of at most {most} requests wait.</source>
        <translation>{waiting} 个请求在等待（最多 {most} 个）。</translation>
    </message>
    <message>
        <source>{waiting} of at most {most} requests wait, the first for {time}.</source>
        <translation>{waiting} 个请求在等待（最多 {most} 个），首个已等待 {time}。</translation>
    </message>
    <message>
        <source>{model}: {what}</source>
        <translation>{model}：{what}</translation>
    </message>
</context>
<context>
    <name>link</name>
    <message>
        <source>the connection was closed</source>
        <translation>连接已关闭</translation>
    </message>
    <message>
        <source>no answer came in time</source>
        <translation>未能及时得到回应</translation>
    </message>
    <message>
        <source>its answer cannot be read ({said})</source>
        <translation>无法读懂它的回应（{said}）</translation>
    </message>
    <message>
        <source>no answer comes through the tunnel</source>
        <translation>隧道中没有回应</translation>
    </message>
    <message>
        <source>ssh ended with status {code}</source>
        <translation>ssh 以状态 {code} 结束</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>Fit, memory and speed are estimates for the {card}</source>
        <translation>容纳情况、内存和速度是针对 {card} 的估算</translation>
    </message>
    <message>
        <source>No NVIDIA card here: fit, memory and speed are estimates for an {card} you could have</source>
        <translation>没有 NVIDIA 显卡：容纳情况、内存和速度是假设有 {card} 时的估算</translation>
    </message>
    <message>
        <source>No models without the engine room</source>
        <translation>引擎室未运行，无法显示模型</translation>
    </message>
    <message>
        <source>It knows what is here and what fits. Start it, and the list appears.</source>
        <translation>引擎室知道这里有什么、能容纳什么。启动后，列表会出现在这里。</translation>
    </message>
    <message>
        <source>Nothing is asked of the Hub. What is on this computer works.</source>
        <translation>不向 Hub 发出请求。此电脑上已有的模型可以使用。</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>No models on this computer yet</source>
        <translation>此电脑上还没有模型</translation>
    </message>
    <message>
        <source>Get one of the recommended ones, or drop a GGUF file here.</source>
        <translation>获取一个推荐的模型，或将 GGUF 文件拖放到这里。</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Try fewer or other words.</source>
        <translation>请减少或更换关键词。</translation>
    </message>
    <message>
        <source>Planning the recommended models …</source>
        <translation>正在规划推荐的模型…</translation>
    </message>
    <message>
        <source>Searching …</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Looking through this computer …</source>
        <translation>正在查看此电脑…</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>正在排队</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>正在下载</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>在此电脑上</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Checking what arrived</source>
        <translation>正在检查已下载的内容</translation>
    </message>
    <message>
        <source>Putting it in its place</source>
        <translation>正在存放到位</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>正在导入</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>正在检查</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>正在导出</translation>
    </message>
    <message>
        <source>Building</source>
        <translation>正在构建</translation>
    </message>
    <message>
        <source>Installing</source>
        <translation>正在安装</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>Vision</source>
        <translation>视觉</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Reranking</source>
        <translation>重排序</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Text and pictures</source>
        <translation>文本与图片</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>Text, pictures and sound</source>
        <translation>文本、图片与声音</translation>
    </message>
    <message>
        <source>came with Engineroom</source>
        <translation>随 Engineroom 提供</translation>
    </message>
    <message>
        <source>named in the settings</source>
        <translation>在设置中指定</translation>
    </message>
    <message>
        <source>imported; the file stays where it is</source>
        <translation>已导入，文件保留在原处</translation>
    </message>
    <message>
        <source>in the shared model cache</source>
        <translation>位于共享的模型缓存</translation>
    </message>
    <message>
        <source>A token is stored in this system&apos;s keyring.</source>
        <translation>令牌已存入系统密钥环。</translation>
    </message>
    <message>
        <source>A token is stored in a file that only your user can read (mode 0600); there is no keyring here.</source>
        <translation>令牌已存入只有当前用户能读取的文件（模式 0600）；这里没有密钥环。</translation>
    </message>
    <message>
        <source>The token comes from the environment variable HF_TOKEN, which goes first.</source>
        <translation>令牌来自环境变量 HF_TOKEN，它优先。</translation>
    </message>
    <message>
        <source>The token that other Hugging Face tools of yours stored is used.</source>
        <translation>使用其他 Hugging Face 工具保存的令牌。</translation>
    </message>
    <message>
        <source>No token is stored.</source>
        <translation>未保存令牌。</translation>
    </message>
    <message>
        <source>{n} B</source>
        <translation>{n} B</translation>
    </message>
    <message>
        <source>{n} M</source>
        <translation>{n} M</translation>
    </message>
    <message>
        <source>{range} tok/s</source>
        <translation>{range} tok/s</translation>
    </message>
    <message>
        <source>on the CPU</source>
        <translation>在 CPU 上</translation>
    </message>
    <message>
        <source>other licence</source>
        <translation>其他许可证</translation>
    </message>
    <message>
        <source>{n} downloads</source>
        <translation>{n} 次下载</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>{rate}/s</source>
        <translation>{rate}/s</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>{s} s</source>
        <translation>{s} 秒</translation>
    </message>
    <message>
        <source>{m} min {s} s</source>
        <translation>{m} 分 {s} 秒</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h} 小时 {m} 分</translation>
    </message>
    <message>
        <source>{name} {share} %</source>
        <translation>{name} {share}%</translation>
    </message>
    <message>
        <source>{done} of {all} files</source>
        <translation>{done} / {all} 个文件</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>not judged yet</source>
        <translation>尚未评估</translation>
    </message>
    <message>
        <source>licence to be accepted first</source>
        <translation>须先接受许可证</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>在此电脑上</translation>
    </message>
    <message>
        <source>being served</source>
        <translation>正在服务</translation>
    </message>
    <message>
        <source>a good first model</source>
        <translation>适合作为首个模型</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>磁盘占用</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>上次使用</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>修订版本</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>约 {size}</translation>
    </message>
    <message>
        <source>{size}, of which {left} are missing here</source>
        <translation>{size}，其中 {left} 尚未下载</translation>
    </message>
    <message>
        <source>brings programs of its own</source>
        <translation>自带程序代码</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>{figure} (estimate)</source>
        <translation>{figure}（估算）</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>For</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改日期</translation>
    </message>
    <message>
        <source>Fetched</source>
        <translation>下载量</translation>
    </message>
    <message>
        <source>{count} more: serve one on the page Models, and it is listed first</source>
        <translation>还有 {count} 个：在“模型”页面启动其中一个，它就会排在最前面</translation>
    </message>
</context>
<context>
    <name>numbers</name>
    <message>
        <source>yyyy-MM-dd</source>
        <translation>yyyy-MM-dd</translation>
    </message>
    <message>
        <source>yyyy-MM-dd HH:mm</source>
        <translation>yyyy-MM-dd HH:mm</translation>
    </message>
</context>
<context>
    <name>pages</name>
    <message>
        <source>Serve</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>规划</translation>
    </message>
    <message>
        <source>Engines</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>接入</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>监控</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>plan</name>
    <message>
        <source>Fits</source>
        <translation>可容纳</translation>
    </message>
    <message>
        <source>Tight</source>
        <translation>勉强容纳</translation>
    </message>
    <message>
        <source>Does not fit</source>
        <translation>无法容纳</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>Held by others</source>
        <translation>其他程序占用</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>不足</translation>
    </message>
    <message>
        <source>Recurrent state</source>
        <translation>循环状态</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>激活值</translation>
    </message>
    <message>
        <source>Logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>CUDA graphs</source>
        <translation>CUDA Graph</translation>
    </message>
    <message>
        <source>CUDA context</source>
        <translation>CUDA 上下文</translation>
    </message>
    <message>
        <source>NCCL buffers</source>
        <translation>NCCL 缓冲区</translation>
    </message>
    <message>
        <source>Kept for the desktop</source>
        <translation>为桌面保留</translation>
    </message>
    <message>
        <source>The computer&apos;s memory</source>
        <translation>电脑内存</translation>
    </message>
    <message>
        <source>from the file&apos;s headers</source>
        <translation>来自文件头</translation>
    </message>
    <message>
        <source>from file sizes</source>
        <translation>来自文件大小</translation>
    </message>
    <message>
        <source>worked out from the configuration</source>
        <translation>由配置推算</translation>
    </message>
    <message>
        <source>from the catalogue</source>
        <translation>来自目录</translation>
    </message>
    <message>
        <source>measured on load</source>
        <translation>加载时实测</translation>
    </message>
    <message>
        <source>from a table</source>
        <translation>来自数据表</translation>
    </message>
    <message>
        <source>by formula</source>
        <translation>由公式计算</translation>
    </message>
    <message>
        <source>reported by the driver</source>
        <translation>由驱动程序报告</translation>
    </message>
    <message>
        <source>learned from earlier runs</source>
        <translation>由以往运行得出</translation>
    </message>
    <message>
        <source>experimental here</source>
        <translation>在此为实验性</translation>
    </message>
    <message>
        <source>untested here</source>
        <translation>在此未经测试</translation>
    </message>
    <message>
        <source>known not to run here</source>
        <translation>已知无法在此运行</translation>
    </message>
    <message>
        <source>{precision} on {runtime}</source>
        <translation>{runtime} 上的 {precision}</translation>
    </message>
    <message>
        <source>{how}, with {room} to spare.</source>
        <translation>{how}，还余 {room}。</translation>
    </message>
    <message>
        <source>{how}, with only {room} left: the estimate may be off by more.</source>
        <translation>{how}，仅余 {room}：估算误差可能更大。</translation>
    </message>
    <message>
        <source>{how} lacks {room} on this card.</source>
        <translation>{how}，此显卡还缺 {room}。</translation>
    </message>
    <message>
        <source>{how}, about {room} over: the estimate may be off by more.</source>
        <translation>{how}，约超出 {room}：估算误差可能更大。</translation>
    </message>
    <message>
        <source>Whether {how} fits cannot be told.</source>
        <translation>无法判断 {how} 能否容纳。</translation>
    </message>
    <message>
        <source>From {model}.</source>
        <translation>来自 {model}。</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low}–{high}</translation>
    </message>
    <message>
        <source>{part}: {size}</source>
        <translation>{part}：{size}</translation>
    </message>
    <message>
        <source>This plan takes {expected}, between {low} and {high}, of {usable} usable. {parts}.</source>
        <translation>此方案占用 {expected}，介于 {low} 与 {high} 之间，可用 {usable}。{parts}。</translation>
    </message>
    <message>
        <source>{program} ({size})</source>
        <translation>{program}（{size}）</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>另有 {n} 个</translation>
    </message>
    <message>
        <source>Held now by {programs}.</source>
        <translation>目前占用者：{programs}。</translation>
    </message>
    <message>
        <source>{range} tok/s</source>
        <translation>{range} tok/s</translation>
    </message>
    <message>
        <source>context of {value} tokens</source>
        <translation>上下文 {value} token</translation>
    </message>
    <message>
        <source>{value} at once</source>
        <translation>并发 {value}</translation>
    </message>
    <message>
        <source>KV cache in {value}</source>
        <translation>KV {value}</translation>
    </message>
    <message>
        <source>weights in {value}</source>
        <translation>权重 {value}</translation>
    </message>
    <message>
        <source>{value} cards</source>
        <translation>{value} 张显卡</translation>
    </message>
    <message>
        <source>on {value}</source>
        <translation>用 {value}</translation>
    </message>
    <message>
        <source>take {value}</source>
        <translation>换用 {value}</translation>
    </message>
    <message>
        <source>on a {value}</source>
        <translation>使用 {value}</translation>
    </message>
    <message>
        <source>{precision} on {runtime} is the best of {candidates} candidates when you ask for {wish}.</source>
        <translation>以{wish}为目标时，{runtime} 上的 {precision} 是 {candidates} 个候选中的最佳选择。</translation>
    </message>
    <message>
        <source>{precision} on {runtime} is the only candidate that can run here.</source>
        <translation>{runtime} 上的 {precision} 是唯一能在此运行的候选。</translation>
    </message>
    <message>
        <source>The weights are made on this computer: {precision} from {from_precision} of {model}.</source>
        <translation>权重在此电脑上生成：由 {model} 的 {from_precision} 转为 {precision}。</translation>
    </message>
    <message>
        <source>{model} is converted to a GGUF file in {precision} on this computer first.</source>
        <translation>{model} 会先在此电脑上转换为 {precision} 的 GGUF 文件。</translation>
    </message>
    <message>
        <source>The checkpoint was calibrated for a KV cache in {kv_format}, so that is used.</source>
        <translation>此检查点针对 {kv_format} 的 KV 缓存做过校准，因此采用该格式。</translation>
    </message>
    <message>
        <source>The KV cache is in {kv_format} instead of {instead_of}, to make more of it fit.</source>
        <translation>KV 缓存采用 {kv_format} 而非 {instead_of}，以容纳更多。</translation>
    </message>
    <message>
        <source>Memory ends the context at {context_tokens} tokens; the model itself could take {native_context}.</source>
        <translation>显存将上下文限制在 {context_tokens} token；模型本身可支持 {native_context}。</translation>
    </message>
    <message>
        <source>The model takes no more than {context_tokens} tokens of context.</source>
        <translation>此模型最多支持 {context_tokens} token 的上下文。</translation>
    </message>
    <message>
        <source>{context_tokens} tokens of context serve most uses; up to {context_max} would fit.</source>
        <translation>{context_tokens} token 的上下文足以应对多数用途；最多可容纳 {context_max}。</translation>
    </message>
    <message>
        <source>It takes {total_bytes} of the {available_bytes} it can have. {margin_bytes} should stay free, because the bill is an estimate.</source>
        <translation>占用 {total_bytes}，可用 {available_bytes}。应空出 {margin_bytes}，因为占用量是估算值。</translation>
    </message>
    <message>
        <source>It takes {total_bytes} and can have {available_bytes}: {missing_bytes} are missing.</source>
        <translation>占用 {total_bytes}，可用 {available_bytes}：缺少 {missing_bytes}。</translation>
    </message>
    <message>
        <source>{program} holds {memory_bytes} of the {held_bytes} that others hold now.</source>
        <translation>其他程序目前占用 {held_bytes}，其中 {program} 占用 {memory_bytes}。</translation>
    </message>
    <message>
        <source>{program} gives back {returned_bytes} when it is replaced.</source>
        <translation>{program} 被替换时会释放 {returned_bytes}。</translation>
    </message>
    <message>
        <source>The memory was learned from {runs} runs on this card.</source>
        <translation>内存占用由此显卡上的 {runs} 次运行得出。</translation>
    </message>
    <message>
        <source>The memory was learned from {runs} trials of compiled engines on this card.</source>
        <translation>显存是根据编译型引擎在此显卡上的 {runs} 次试运行得出的。</translation>
    </message>
    <message>
        <source>Measured here: {load_s} until it answers, over {starts} starts.</source>
        <translation>在此测得：{starts} 次启动，到能够应答需 {load_s}。</translation>
    </message>
    <message>
        <source>Measured here: {decode_tokens_per_s} over {answers} answers, about {depth} tokens deep.</source>
        <translation>在此实测：{decode_tokens_per_s}，共 {answers} 次回答，深度约 {depth} token。</translation>
    </message>
    <message>
        <source>The layers of {model} ({architecture}) are of a kind not known here, so its cache cannot be told.</source>
        <translation>{model}（{architecture}）含有未知类型的层，因此无法得知其缓存大小。</translation>
    </message>
    <message>
        <source>The size of {model}&apos;s weights is not known, so neither is what it takes.</source>
        <translation>{model} 的权重大小未知，因此占用量也未知。</translation>
    </message>
    <message>
        <source>How much memory {gpu} has is not known.</source>
        <translation>{gpu} 的显存大小未知。</translation>
    </message>
    <message>
        <source>The size of the weights is an estimate, {origin}.</source>
        <translation>权重大小是估算值，{origin}。</translation>
    </message>
    <message>
        <source>The memory bandwidth of {gpu} is not known, so no speed is given.</source>
        <translation>{gpu} 的显存带宽未知，因此不给出速度。</translation>
    </message>
    <message>
        <source>The speed is a rough guess for {gpus} cards on {runtime}: nothing like it was measured.</source>
        <translation>速度是对 {runtime} 使用 {gpus} 张显卡的粗略推测：没有类似情况的实测数据。</translation>
    </message>
    <message>
        <source>Memory and speed are estimates for the PyTorch backend: no compiled engine like it was tried on this card.</source>
        <translation>显存和速度是针对 PyTorch 后端的估算：此显卡上尚未试运行过这样的编译型引擎。</translation>
    </message>
    <message>
        <source>Experimental: {subject} {name}. {note}</source>
        <translation>实验性：{subject} {name}。{note}</translation>
    </message>
    <message>
        <source>Untested here: {subject} {name}. Nobody has reported that it works. {note}</source>
        <translation>在此未经测试：{subject} {name}。尚无人报告其可用。{note}</translation>
    </message>
    <message>
        <source>Known to be broken: {subject} {name}. {note}</source>
        <translation>已知无法工作：{subject} {name}。{note}</translation>
    </message>
    <message>
        <source>The runtime would not recognise how this checkpoint is quantised ({name}). {note}</source>
        <translation>运行时无法识别此检查点的量化方式（{name}）。{note}</translation>
    </message>
    <message>
        <source>The NVIDIA driver here is too old: {name}. {note}</source>
        <translation>此处的 NVIDIA 驱动程序过旧：{name}。{note}</translation>
    </message>
    <message>
        <source>The {runtime} installed here was built without CUDA: it would serve from the processor and not use {gpu}. These figures are those of a CUDA build.</source>
        <translation>此处安装的 {runtime} 在构建时未启用 CUDA：它会用处理器提供服务，而不使用 {gpu}。以下数字对应 CUDA 版本。</translation>
    </message>
    <message>
        <source>{runtime} does not list {gpu} among the cards it supports.</source>
        <translation>{runtime} 未将 {gpu} 列入支持的显卡。</translation>
    </message>
    <message>
        <source>You asked for {context_tokens} tokens; the model was made for {native_context}, answers may get worse.</source>
        <translation>要求的上下文为 {context_tokens} token；模型的设计长度为 {native_context}，回答质量可能下降。</translation>
    </message>
    <message>
        <source>The speed is for {depth} tokens in the cache, more than the context holds.</source>
        <translation>速度对应缓存中有 {depth} token，超出了上下文的容量。</translation>
    </message>
    <message>
        <source>The speed is for {batch} at once, more than the {concurrency} planned.</source>
        <translation>速度对应并发 {batch}，超出了规划的 {concurrency}。</translation>
    </message>
    <message>
        <source>You asked for a KV cache in {kv_format}; the checkpoint is made for {checkpoint_format} and may be refused.</source>
        <translation>要求的 KV 缓存为 {kv_format}；此检查点为 {checkpoint_format} 而制作，可能会被拒绝。</translation>
    </message>
    <message>
        <source>{query_heads} attention heads cannot be shared evenly by {gpus} cards.</source>
        <translation>{query_heads} 个注意力头无法平均分配给 {gpus} 张显卡。</translation>
    </message>
    <message>
        <source>It takes {total_bytes} and can have {available_bytes}.</source>
        <translation>占用 {total_bytes}，可用 {available_bytes}。</translation>
    </message>
    <message>
        <source>It fits, but tightly: {total_bytes} of {available_bytes}.</source>
        <translation>勉强可以容纳：{total_bytes} / {available_bytes}。</translation>
    </message>
    <message>
        <source>Whether {model} fits cannot be told.</source>
        <translation>无法判断能否容纳 {model}。</translation>
    </message>
    <message>
        <source>It leaves less room for context than the {wanted_tokens} tokens that are wanted.</source>
        <translation>留给上下文的空间少于所需的 {wanted_tokens} token。</translation>
    </message>
    <message>
        <source>It leaves {context_max} tokens of context, the choice {chosen_context_max}.</source>
        <translation>可留出 {context_max} token 的上下文，所选方案为 {chosen_context_max}。</translation>
    </message>
    <message>
        <source>Its perplexity is about {loss_percent} worse; for {wish} at most {limit_percent} are taken.</source>
        <translation>困惑度约升高 {loss_percent}；以{wish}为目标时最多接受 {limit_percent}。</translation>
    </message>
    <message>
        <source>Its perplexity is about {loss_percent} worse, that of the choice {chosen_loss_percent}.</source>
        <translation>困惑度约升高 {loss_percent}，所选方案为 {chosen_loss_percent}。</translation>
    </message>
    <message>
        <source>About {decode_tokens_per_s}; the choice makes {chosen_tokens_per_s}.</source>
        <translation>约 {decode_tokens_per_s}；所选方案可达 {chosen_tokens_per_s}。</translation>
    </message>
    <message>
        <source>{loss_percent} worse perplexity at {decode_tokens_per_s}; the choice has {chosen_loss_percent} at {chosen_tokens_per_s}.</source>
        <translation>困惑度升高 {loss_percent}，速度 {decode_tokens_per_s}；所选方案为 {chosen_loss_percent}，速度 {chosen_tokens_per_s}。</translation>
    </message>
    <message>
        <source>It needs {runtime}; the choice runs on {chosen_runtime}.</source>
        <translation>它需要 {runtime}；所选方案使用 {chosen_runtime}。</translation>
    </message>
    <message>
        <source>It takes {total_bytes}, the choice {chosen_total_bytes}.</source>
        <translation>占用 {total_bytes}，所选方案占用 {chosen_total_bytes}。</translation>
    </message>
    <message>
        <source>{model} is the same as the choice.</source>
        <translation>{model} 与所选方案相同。</translation>
    </message>
    <message>
        <source>With the KV cache in {kv_format} it takes {total_bytes}.</source>
        <translation>KV 缓存采用 {kv_format} 时占用 {total_bytes}。</translation>
    </message>
    <message>
        <source>With {concurrency} at once it takes {total_bytes}.</source>
        <translation>并发 {concurrency} 时占用 {total_bytes}。</translation>
    </message>
    <message>
        <source>With {context_tokens} tokens of context it takes {total_bytes}.</source>
        <translation>上下文为 {context_tokens} token 时占用 {total_bytes}。</translation>
    </message>
    <message>
        <source>With weights in {precision} it takes {total_bytes}.</source>
        <translation>权重采用 {precision} 时占用 {total_bytes}。</translation>
    </message>
    <message>
        <source>Over {gpus} cards it takes {total_bytes} on each.</source>
        <translation>分布到 {gpus} 张显卡时，每张占用 {total_bytes}。</translation>
    </message>
    <message>
        <source>{model} takes {total_bytes}.</source>
        <translation>{model} 占用 {total_bytes}。</translation>
    </message>
    <message>
        <source>quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>balance</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>driver</source>
        <translation>驱动程序</translation>
    </message>
    <message>
        <source>this card and system with</source>
        <translation>此显卡与系统搭配</translation>
    </message>
    <message>
        <source>the driver for</source>
        <translation>驱动程序，用于</translation>
    </message>
    <message>
        <source>the model class</source>
        <translation>模型类别</translation>
    </message>
    <message>
        <source>the checkpoint&apos;s format</source>
        <translation>检查点格式</translation>
    </message>
    <message>
        <source>weights in</source>
        <translation>权重格式</translation>
    </message>
    <message>
        <source>a KV cache in</source>
        <translation>KV 缓存格式</translation>
    </message>
    <message>
        <source>{part} {name}, needs {needs}</source>
        <translation>{part} {name}，需要 {needs}</translation>
    </message>
    <message>
        <source>A program without a name</source>
        <translation>未命名的程序</translation>
    </message>
</context>
<context>
    <name>problems</name>
    <message>
        <source>{gpu} names no card of the table, or more than one. Nearest: {nearest}.</source>
        <translation>{gpu} 不对应表中任何显卡，或对应多张。最接近的：{nearest}。</translation>
    </message>
    <message>
        <source>Choose one of these, or describe the card by its memory and bandwidth.</source>
        <translation>请从中选择，或用显存和带宽描述显卡。</translation>
    </message>
    <message>
        <source>{part} is missing or not understood in the description of the card.</source>
        <translation>显卡描述中缺少 {part}，或无法识别。</translation>
    </message>
    <message>
        <source>Write it like this: {example}.</source>
        <translation>请这样写：{example}。</translation>
    </message>
    <message>
        <source>The runtime {runtime} cannot be used: {reason}.</source>
        <translation>无法使用运行时 {runtime}：{reason}。</translation>
    </message>
    <message>
        <source>Run the launch script again; it installs what is missing.</source>
        <translation>请重新运行启动脚本，它会安装缺少的部分。</translation>
    </message>
    <message>
        <source>This runtime does not know models of the kind {architecture}.</source>
        <translation>此运行时不支持 {architecture} 类型的模型。</translation>
    </message>
    <message>
        <source>Choose another model, or a newer version of Engineroom.</source>
        <translation>请选择其他模型，或使用更新版本的 Engineroom。</translation>
    </message>
    <message>
        <source>There was not enough memory to load the model. The engine said: {line}</source>
        <translation>内存不足，无法加载模型。引擎报告：{line}</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller model or context.</source>
        <translation>请关闭其他程序，或选择更小的模型或上下文。</translation>
    </message>
    <message>
        <source>The model could not be loaded. The engine said: {line}</source>
        <translation>无法加载模型。引擎报告：{line}</translation>
    </message>
    <message>
        <source>Read the log for more, then try again.</source>
        <translation>请查看日志了解详情，然后重试。</translation>
    </message>
    <message>
        <source>The engine ended by itself ({ended_with}). Its last line: {line}</source>
        <translation>引擎意外退出（{ended_with}）。最后一行：{line}</translation>
    </message>
    <message>
        <source>Serve again; if it happens again, read the log.</source>
        <translation>请重新启动服务；如再次发生，请查看日志。</translation>
    </message>
    <message>
        <source>Something outside Engineroom ended the engine with signal {signal}.</source>
        <translation>Engineroom 之外的程序用信号 {signal} 结束了引擎。</translation>
    </message>
    <message>
        <source>Serve again; if nobody did this on purpose, the system was probably short of memory.</source>
        <translation>请重新启动服务；如非人为操作，很可能是系统内存不足。</translation>
    </message>
    <message>
        <source>The engine gave no sign of life for {waited_s} and was ended.</source>
        <translation>引擎已 {waited_s} 没有动静，因此被结束。</translation>
    </message>
    <message>
        <source>Serve again, and read the log if it happens again.</source>
        <translation>请重新启动服务；如再次发生，请查看日志。</translation>
    </message>
    <message>
        <source>The engine process {pid} does not end, not even when killed.</source>
        <translation>引擎进程 {pid} 无法结束，强制终止也无效。</translation>
    </message>
    <message>
        <source>Restart the computer when convenient; its memory stays taken until then.</source>
        <translation>请在方便时重启电脑；在此之前其内存会一直被占用。</translation>
    </message>
    <message>
        <source>{name} does not answer any more. What ran on it was stopped, and nothing was moved elsewhere.</source>
        <translation>{name} 不再响应。显卡上运行的内容已停止，没有转移到别处。</translation>
    </message>
    <message>
        <source>It is looked for again by itself; once it is back, serve again. If it stays away, restart the computer and check its power cable and cooling.</source>
        <translation>系统会自动重新查找；恢复后请重新启动服务。如仍未恢复，请重启电脑，并检查显卡的电源线和散热。</translation>
    </message>
    <message>
        <source>{name} takes one program at a time, and {program} (process {pid}) is using it.</source>
        <translation>{name} 同一时间只允许一个程序使用，{program}（进程 {pid}）正在使用它。</translation>
    </message>
    <message>
        <source>End that program, or set the card&apos;s compute mode back to its default with nvidia-smi.</source>
        <translation>请结束该程序，或用 nvidia-smi 将显卡的计算模式恢复为默认。</translation>
    </message>
    <message>
        <source>The card lets no other program compute on it now: it is set to serve one at a time and another program has it, or it has not recovered from a fault. It said: {line}</source>
        <translation>此显卡目前不允许其他程序进行计算：它被设为一次只供一个程序使用且已被其他程序占用，或者尚未从故障中恢复。它报告：{line}</translation>
    </message>
    <message>
        <source>End that program, set the card to be shared, or restart the computer.</source>
        <translation>请结束该程序，将显卡设为共享，或重启电脑。</translation>
    </message>
    <message>
        <source>{name} reported the error Xid {xid}: {meaning}.</source>
        <translation>{name} 报告了 Xid 错误 {xid}：{meaning}。</translation>
    </message>
    <message>
        <source>{remedy}.</source>
        <translation>{remedy}。</translation>
    </message>
    <message>
        <source>The engine started but did not answer its first request (status {status}). It said: {line}</source>
        <translation>引擎已启动，但没有回答首个请求（状态 {status}）。引擎报告：{line}</translation>
    </message>
    <message>
        <source>The plan is for {wanted} card(s); {found} of this machine could be used.</source>
        <translation>方案需要 {wanted} 张显卡，此机器上可用 {found} 张。</translation>
    </message>
    <message>
        <source>Choose a card to plan for, or fewer of them.</source>
        <translation>请选择要规划的显卡，或减少数量。</translation>
    </message>
    <message>
        <source>No plan can be made for {field} = {value}.</source>
        <translation>无法按 {field} = {value} 规划。</translation>
    </message>
    <message>
        <source>It must be {allowed}.</source>
        <translation>取值必须是 {allowed}。</translation>
    </message>
    <message>
        <source>The conversation is too long: {prompt_tokens} tokens, and this engine takes {context_tokens}.</source>
        <translation>对话过长：{prompt_tokens} token，此引擎最多接受 {context_tokens}。</translation>
    </message>
    <message>
        <source>Start a new chat, or ask something shorter.</source>
        <translation>请开始新对话，或缩短提问。</translation>
    </message>
    <message>
        <source>The request was not valid JSON: {reason}.</source>
        <translation>请求不是有效的 JSON：{reason}。</translation>
    </message>
    <message>
        <source>Check the program that sent it.</source>
        <translation>请检查发送请求的程序。</translation>
    </message>
    <message>
        <source>The request could not be accepted: {reason}.</source>
        <translation>无法接受请求：{reason}。</translation>
    </message>
    <message>
        <source>The request was larger than {limit_bytes}.</source>
        <translation>请求超过了 {limit_bytes}。</translation>
    </message>
    <message>
        <source>Send less in one request.</source>
        <translation>请减少单个请求的内容。</translation>
    </message>
    <message>
        <source>The request came as {found}, but only JSON is understood.</source>
        <translation>请求的类型为 {found}，但只支持 JSON。</translation>
    </message>
    <message>
        <source>Send it with the content type application/json.</source>
        <translation>请以内容类型 application/json 发送。</translation>
    </message>
    <message>
        <source>&apos;{parameter}&apos; is not supported here.</source>
        <translation>此处不支持“{parameter}”。</translation>
    </message>
    <message>
        <source>Nothing on this computer does it; leave it out.</source>
        <translation>此电脑上没有支持它的功能，请去掉。</translation>
    </message>
    <message>
        <source>The model {model} is made for {does}, not for {wanted}.</source>
        <translation>模型 {model} 用于 {does}，不用于 {wanted}。</translation>
    </message>
    <message>
        <source>Choose another model for this.</source>
        <translation>请为此选择其他模型。</translation>
    </message>
    <message>
        <source>The model {model} cannot fill in the middle of a text.</source>
        <translation>模型 {model} 无法补全文本中间的内容。</translation>
    </message>
    <message>
        <source>Choose a model made for code, or leave the suffix out.</source>
        <translation>请选择用于代码的模型，或去掉后缀。</translation>
    </message>
    <message>
        <source>The engine of {model} does not let others use its tokenizer.</source>
        <translation>{model} 的引擎不允许使用其分词器。</translation>
    </message>
    <message>
        <source>Ask a model that llama.cpp serves.</source>
        <translation>请向由 llama.cpp 提供服务的模型提问。</translation>
    </message>
    <message>
        <source>A program asked for {path}, which is not answered here.</source>
        <translation>有程序请求了 {path}，此处不支持该路径。</translation>
    </message>
    <message>
        <source>Fetch and remove models on the Models page.</source>
        <translation>请在“模型”页面获取和移除模型。</translation>
    </message>
    <message>
        <source>Programs made for Ollama are not answered on port {port}: {program} holds it already.</source>
        <translation>端口 {port} 上不响应为 Ollama 编写的程序：该端口已被 {program} 占用。</translation>
    </message>
    <message>
        <source>End that program, or leave the port out of the settings; the usual address does the same.</source>
        <translation>请结束该程序，或从设置中去掉此端口；常用地址的作用相同。</translation>
    </message>
    <message>
        <source>The request came compressed ({found}), which is not understood.</source>
        <translation>请求经过压缩（{found}），无法解读。</translation>
    </message>
    <message>
        <source>Send it as it is, without the header Content-Encoding.</source>
        <translation>请不要压缩，直接发送，并去掉 Content-Encoding 标头。</translation>
    </message>
    <message>
        <source>There is no response {response} here. Responses are kept for an hour, in memory.</source>
        <translation>这里没有响应 {response}。响应只在内存中保留一小时。</translation>
    </message>
    <message>
        <source>Send the whole conversation as the input.</source>
        <translation>请将完整对话作为输入发送。</translation>
    </message>
    <message>
        <source>There is nothing at {path}.</source>
        <translation>{path} 处没有内容。</translation>
    </message>
    <message>
        <source>Check the address; the base URL ends in /v1.</source>
        <translation>请检查地址；基础 URL 以 /v1 结尾。</translation>
    </message>
    <message>
        <source>{method} is not possible here; use {allowed}.</source>
        <translation>此处不能使用 {method}，请使用 {allowed}。</translation>
    </message>
    <message>
        <source>Check the program that sent the request.</source>
        <translation>请检查发送请求的程序。</translation>
    </message>
    <message>
        <source>The name {host} is not one this engine room answers to.</source>
        <translation>{host} 不是此引擎室应答的名称。</translation>
    </message>
    <message>
        <source>Use the address shown in this window.</source>
        <translation>请使用此窗口中显示的地址。</translation>
    </message>
    <message>
        <source>The engine room did not accept this window&apos;s token.</source>
        <translation>引擎室不接受此窗口的令牌。</translation>
    </message>
    <message>
        <source>Restart the engine room; a new token is made then.</source>
        <translation>请重启引擎室，届时会生成新的令牌。</translation>
    </message>
    <message>
        <source>The model {model} is not being served.</source>
        <translation>模型 {model} 没有在服务。</translation>
    </message>
    <message>
        <source>Press Serve first.</source>
        <translation>请先按“启动服务”。</translation>
    </message>
    <message>
        <source>The engine of {model} could not start: {cause}</source>
        <translation>{model} 的引擎无法启动：{cause}</translation>
    </message>
    <message>
        <source>Read the log, then press Serve to try again.</source>
        <translation>请查看日志，然后按“启动服务”重试。</translation>
    </message>
    <message>
        <source>The engine of {model} did not answer.</source>
        <translation>{model} 的引擎没有响应。</translation>
    </message>
    <message>
        <source>Wait a moment and ask again; it is restarted if it ended.</source>
        <translation>请稍等片刻再提问；如果引擎已结束，会自动重启。</translation>
    </message>
    <message>
        <source>The engine room is closing down and takes no new requests.</source>
        <translation>引擎室正在关闭，不再接受新请求。</translation>
    </message>
    <message>
        <source>Start it again, then repeat the request.</source>
        <translation>请重新启动引擎室，然后重发请求。</translation>
    </message>
    <message>
        <source>Something went wrong inside the engine room (request {request_id}).</source>
        <translation>引擎室内部出错（请求 {request_id}）。</translation>
    </message>
    <message>
        <source>Try again, and look in the log for this request number.</source>
        <translation>请重试，并在日志中查找此请求编号。</translation>
    </message>
    <message>
        <source>Port {port} on {host} is already in use by {program} (process {pid}).</source>
        <translation>{host} 的端口 {port} 已被 {program}（进程 {pid}）占用。</translation>
    </message>
    <message>
        <source>End that program, or give Engineroom another port.</source>
        <translation>请结束该程序，或为 Engineroom 指定其他端口。</translation>
    </message>
    <message>
        <source>The address {host}:{port} could not be opened: {reason}.</source>
        <translation>无法打开地址 {host}:{port}：{reason}。</translation>
    </message>
    <message>
        <source>Choose another address or port in the settings.</source>
        <translation>请在设置中选择其他地址或端口。</translation>
    </message>
    <message>
        <source>An engine room already runs at {address} (process {pid}).</source>
        <translation>已有引擎室在 {address} 运行（进程 {pid}）。</translation>
    </message>
    <message>
        <source>Use that one, or stop it first.</source>
        <translation>请使用该引擎室，或先将其停止。</translation>
    </message>
    <message>
        <source>The engine room is not running.</source>
        <translation>引擎室未运行。</translation>
    </message>
    <message>
        <source>Start it to see and serve models.</source>
        <translation>启动引擎室以查看模型并提供服务。</translation>
    </message>
    <message>
        <source>The engine room does not answer: {reason}.</source>
        <translation>引擎室没有响应：{reason}。</translation>
    </message>
    <message>
        <source>This window keeps trying; start it again if it is gone.</source>
        <translation>此窗口会继续尝试；如果引擎室已不在，请重新启动。</translation>
    </message>
    <message>
        <source>The running engine room speaks control API {theirs}; this window speaks {ours}.</source>
        <translation>运行中的引擎室使用控制 API {theirs}，此窗口使用 {ours}。</translation>
    </message>
    <message>
        <source>Restart the engine room so that both are of one version. Engines it runs are stopped.</source>
        <translation>请重启引擎室，使两者版本一致。它运行的引擎会停止。</translation>
    </message>
    <message>
        <source>The engine room did not start. Its last line: {line}</source>
        <translation>引擎室未能启动。最后一行：{line}</translation>
    </message>
    <message>
        <source>Try again; the whole output is in {log}.</source>
        <translation>请重试；完整输出在 {log}。</translation>
    </message>
    <message>
        <source>The settings file {path} cannot be understood: {reason}.</source>
        <translation>无法解析设置文件 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Correct it in an editor; it was left as it is.</source>
        <translation>请用编辑器更正；文件保持原样。</translation>
    </message>
    <message>
        <source>{path} cannot be written: {reason}.</source>
        <translation>无法写入 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Free some space or correct the permissions; serving goes on.</source>
        <translation>请释放空间或更正权限；服务会继续。</translation>
    </message>
    <message>
        <source>The ledger {path} cannot be used: {reason}. What requests use is not recorded.</source>
        <translation>用量记录 {path} 无法使用：{reason}。请求的用量不会被记录。</translation>
    </message>
    <message>
        <source>The log {path} cannot be written: {reason}.</source>
        <translation>无法写入日志 {path}：{reason}。</translation>
    </message>
    <message>
        <source>The window cannot be shown: {reason}.</source>
        <translation>无法显示窗口：{reason}。</translation>
    </message>
    <message>
        <source>Use the command line, or install the desktop parts.</source>
        <translation>请使用命令行，或安装桌面组件。</translation>
    </message>
    <message>
        <source>The command was not understood: {reason}.</source>
        <translation>无法理解命令：{reason}。</translation>
    </message>
    <message>
        <source>Use --help to see what is possible.</source>
        <translation>请用 --help 查看可用的命令。</translation>
    </message>
    <message>
        <source>The engine ended by itself ({ended_with}) and said nothing.</source>
        <translation>引擎意外退出（{ended_with}），没有留下任何信息。</translation>
    </message>
    <message>
        <source>The model could not be loaded, and the engine did not say why.</source>
        <translation>无法加载模型，引擎没有说明原因。</translation>
    </message>
    <message>
        <source>There was not enough memory to load the model.</source>
        <translation>内存不足，无法加载模型。</translation>
    </message>
    <message>
        <source>The engine room did not start, and said nothing.</source>
        <translation>引擎室没有启动，也没有留下任何信息。</translation>
    </message>
    <message>
        <source>The engine room reported “{code}”.</source>
        <translation>引擎室报告了“{code}”。</translation>
    </message>
    <message>
        <source>Read the log for more.</source>
        <translation>请查看日志了解详情。</translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation>{count} 字节</translation>
    </message>
    <message>
        <source>The settings file {path} was changed by somebody else meanwhile.</source>
        <translation>设置文件 {path} 在此期间被他人更改。</translation>
    </message>
    <message>
        <source>It was read again; look at it, then repeat your change.</source>
        <translation>已重新读取；请查看后再次更改。</translation>
    </message>
    <message>
        <source>{setting} was not changed: {reason}.</source>
        <translation>{setting} 未更改：{reason}。</translation>
    </message>
    <message>
        <source>Correct the value and try again; the file is as it was.</source>
        <translation>请更正取值后重试；文件保持原样。</translation>
    </message>
    <message>
        <source>A valid key is needed here.</source>
        <translation>此处需要有效的密钥。</translation>
    </message>
    <message>
        <source>Send one of the keys of this engine room, or make a new one.</source>
        <translation>请发送此引擎室的一个密钥，或创建新密钥。</translation>
    </message>
    <message>
        <source>This key may not use {what}.</source>
        <translation>此密钥不能使用 {what}。</translation>
    </message>
    <message>
        <source>Use another key, or make one that may.</source>
        <translation>请使用其他密钥，或创建有此权限的密钥。</translation>
    </message>
    <message>
        <source>This key has reached its limit of {allowed} {limit}.</source>
        <translation>此密钥已达到上限：{allowed} {limit}。</translation>
    </message>
    <message>
        <source>Wait {retry_after_s}, or use another key.</source>
        <translation>请等待 {retry_after_s}，或使用其他密钥。</translation>
    </message>
    <message>
        <source>There is no valid key {key}.</source>
        <translation>没有有效的密钥 {key}。</translation>
    </message>
    <message>
        <source>Choose one from the list.</source>
        <translation>请从列表中选择。</translation>
    </message>
    <message>
        <source>The {field} of a key cannot be that.</source>
        <translation>密钥的 {field} 不能是这个值。</translation>
    </message>
    <message>
        <source>A key named {name} exists.</source>
        <translation>名为 {name} 的密钥已存在。</translation>
    </message>
    <message>
        <source>Revoke it first, or choose another name.</source>
        <translation>请先吊销它，或选择其他名称。</translation>
    </message>
    <message>
        <source>A page or program from {origin} asked, and is not allowed to.</source>
        <translation>来自 {origin} 的网页或程序发出了请求，但未获允许。</translation>
    </message>
    <message>
        <source>Add it to the allowed origins in the settings if you trust it.</source>
        <translation>如果信任它，请在设置中将其加入允许的来源。</translation>
    </message>
    <message>
        <source>The request names an image by its address, and addresses are not fetched from here.</source>
        <translation>请求以地址指定图片，而此处不会按地址获取。</translation>
    </message>
    <message>
        <source>Send the image itself in the request, or allow it in Settings.</source>
        <translation>请在请求中直接发送图片，或在设置中允许获取。</translation>
    </message>
    <message>
        <source>An image that the request names by its address could not be fetched.</source>
        <translation>无法获取请求中以地址给出的图片。</translation>
    </message>
    <message>
        <source>Send the image itself: only public addresses are asked, for at most 10 MiB and 10 seconds.</source>
        <translation>请直接发送图片：只访问公网地址，最多 10 MiB、10 秒。</translation>
    </message>
    <message>
        <source>The headers of a request had more than {limit_bytes}.</source>
        <translation>请求的标头超过了 {limit_bytes}。</translation>
    </message>
    <message>
        <source>A program has {most} connections to the engine room, which is as many as may.</source>
        <translation>某个程序与引擎室已有 {most} 个连接，已达上限。</translation>
    </message>
    <message>
        <source>Check the program: it should close connections, or use them again.</source>
        <translation>请检查该程序：它应关闭连接或重复使用连接。</translation>
    </message>
    <message>
        <source>A request did not arrive within {waited_s}.</source>
        <translation>请求未在 {waited_s} 内送达。</translation>
    </message>
    <message>
        <source>Check the program that sent it, and its network.</source>
        <translation>请检查发送请求的程序及其网络。</translation>
    </message>
    <message>
        <source>Port {wanted} could not be had, so the engine room listens at {port}.</source>
        <translation>无法使用端口 {wanted}，因此引擎室改在 {port} 上监听。</translation>
    </message>
    <message>
        <source>Free that port or choose another in the settings, then restart the engine room.</source>
        <translation>请释放该端口，或在设置中选择另一个端口，然后重启引擎室。</translation>
    </message>
    <message>
        <source>{host} is not an address that can be listened on.</source>
        <translation>{host} 不是可以监听的地址。</translation>
    </message>
    <message>
        <source>Use 127.0.0.1 for this computer alone, or an IP address of it.</source>
        <translation>仅供此电脑使用时请用 127.0.0.1，否则用此电脑的 IP 地址。</translation>
    </message>
    <message>
        <source>{host} can be reached from other computers, and no key exists to tell who may.</source>
        <translation>其他电脑可以访问 {host}，但没有密钥来判断谁有权限。</translation>
    </message>
    <message>
        <source>Make a key first, then start again.</source>
        <translation>请先创建密钥，然后重新启动。</translation>
    </message>
    <message>
        <source>The certificate or key {path} cannot be used: {reason}.</source>
        <translation>无法使用证书或密钥 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Correct it, or leave both settings out to have one made.</source>
        <translation>请更正，或将两项设置都留空以自动生成。</translation>
    </message>
    <message>
        <source>{address} answers other computers without encryption: prompts, answers and keys can be read on the way.</source>
        <translation>{address} 以未加密方式响应其他电脑：提示词、回答和密钥可能在途中被读取。</translation>
    </message>
    <message>
        <source>Start without the option for plain HTTP to encrypt.</source>
        <translation>请去掉明文 HTTP 选项后启动，以启用加密。</translation>
    </message>
    <message>
        <source>Prompts and answers are being written to {path} until {ends}.</source>
        <translation>提示词与回答正在写入 {path}，直到 {ends}。</translation>
    </message>
    <message>
        <source>Switch the capture off when it is no longer needed.</source>
        <translation>不再需要时请关闭记录。</translation>
    </message>
    <message>
        <source>The memory left on the card does not hold the cache of one request. The engine said: {line}</source>
        <translation>显卡剩余的显存不足以容纳单个请求的缓存。引擎报告：{line}</translation>
    </message>
    <message>
        <source>Choose a shorter context, a smaller cache format or a smaller model.</source>
        <translation>请选择更短的上下文、更小的缓存格式或更小的模型。</translation>
    </message>
    <message>
        <source>A worker was ended from outside while the model was loading; the computer probably ran out of main memory. The log says: {line}</source>
        <translation>加载模型期间，一个工作进程被外部结束；很可能是电脑的主内存耗尽。日志内容：{line}</translation>
    </message>
    <message>
        <source>Close other programs, or load the weights one after the other.</source>
        <translation>请关闭其他程序，或逐个加载权重。</translation>
    </message>
    <message>
        <source>The engine could not have {address}: another program listens there.</source>
        <translation>引擎无法使用 {address}：已有其他程序在此监听。</translation>
    </message>
    <message>
        <source>Let the engine take another port.</source>
        <translation>请让引擎改用其他端口。</translation>
    </message>
    <message>
        <source>The engine sees no card. It said: {line}</source>
        <translation>引擎找不到显卡。引擎报告：{line}</translation>
    </message>
    <message>
        <source>Check the driver; in a container, check that it was given a card.</source>
        <translation>请检查驱动程序；在容器中请检查是否分配了显卡。</translation>
    </message>
    <message>
        <source>The engine was to use {wanted} cards and sees {found}.</source>
        <translation>引擎应使用 {wanted} 张显卡，但只找到 {found} 张。</translation>
    </message>
    <message>
        <source>Spread the model over fewer cards.</source>
        <translation>请将模型分布到更少的显卡。</translation>
    </message>
    <message>
        <source>This runtime has no code for the card. It said: {line}</source>
        <translation>此运行时没有适用于该显卡的代码。运行时报告：{line}</translation>
    </message>
    <message>
        <source>Choose another runtime; the plan says which ones know the card.</source>
        <translation>请选择其他运行时；方案会说明哪些运行时支持此显卡。</translation>
    </message>
    <message>
        <source>The card cannot compute in the checkpoint&apos;s number format. The engine said: {line}</source>
        <translation>显卡无法以检查点的数值格式计算。引擎报告：{line}</translation>
    </message>
    <message>
        <source>Choose a checkpoint in another precision.</source>
        <translation>请选择其他精度的检查点。</translation>
    </message>
    <message>
        <source>The card reported a fault while computing: {line}</source>
        <translation>显卡在计算时报告故障：{line}</translation>
    </message>
    <message>
        <source>Start the engine again; if it happens again, look at the card&apos;s own errors.</source>
        <translation>请重新启动引擎；如再次发生，请查看显卡自身的错误。</translation>
    </message>
    <message>
        <source>The cards could not work together. The engine said: {line}</source>
        <translation>显卡之间无法协同工作。引擎报告：{line}</translation>
    </message>
    <message>
        <source>Try the plain way of exchanging data, or one card.</source>
        <translation>请尝试普通的数据交换方式，或只用一张显卡。</translation>
    </message>
    <message>
        <source>The NVIDIA driver is too old for this runtime: {line}</source>
        <translation>NVIDIA 驱动程序对此运行时来说过旧：{line}</translation>
    </message>
    <message>
        <source>Update the driver.</source>
        <translation>请更新驱动程序。</translation>
    </message>
    <message>
        <source>The CUDA libraries and the driver do not fit together: {line}</source>
        <translation>CUDA 库与驱动程序不匹配：{line}</translation>
    </message>
    <message>
        <source>Update the driver and remove the cuda-compat package.</source>
        <translation>请更新驱动程序，并移除 cuda-compat 软件包。</translation>
    </message>
    <message>
        <source>The library {library} is not on this computer.</source>
        <translation>此电脑上没有库 {library}。</translation>
    </message>
    <message>
        <source>Install the package that has it; for libmpi that is libopenmpi-dev.</source>
        <translation>请安装包含它的软件包；libmpi 对应的是 libopenmpi-dev。</translation>
    </message>
    <message>
        <source>The runtime&apos;s own parts do not fit together: {line}</source>
        <translation>运行时自身的组件互不匹配：{line}</translation>
    </message>
    <message>
        <source>Install the runtime anew.</source>
        <translation>请重新安装运行时。</translation>
    </message>
    <message>
        <source>The engine&apos;s workers could not be started as a group: {line}</source>
        <translation>无法将引擎的工作进程作为一组启动：{line}</translation>
    </message>
    <message>
        <source>Start it outside of any cluster job.</source>
        <translation>请在集群作业之外启动。</translation>
    </message>
    <message>
        <source>A compiler of the CUDA toolkit does not know the card: {line}</source>
        <translation>CUDA 工具包的某个编译器不支持此显卡：{line}</translation>
    </message>
    <message>
        <source>Use the toolkit&apos;s own ptxas.</source>
        <translation>请使用工具包自带的 ptxas。</translation>
    </message>
    <message>
        <source>The container has too little shared memory: {line}</source>
        <translation>容器的共享内存过少：{line}</translation>
    </message>
    <message>
        <source>Give it that of the host.</source>
        <translation>请让它使用主机的共享内存。</translation>
    </message>
    <message>
        <source>This version of the runtime does not know the option {option}.</source>
        <translation>此版本的运行时不支持选项 {option}。</translation>
    </message>
    <message>
        <source>Leave it out, or check the runtime again.</source>
        <translation>请去掉该选项，或重新检查运行时。</translation>
    </message>
    <message>
        <source>The runtime refused how it was to serve: {line}</source>
        <translation>运行时拒绝了指定的服务方式：{line}</translation>
    </message>
    <message>
        <source>Make a new plan, or change the option it names.</source>
        <translation>请重新规划，或更改其中指出的选项。</translation>
    </message>
    <message>
        <source>The checkpoint does not take the cache format it was given: {line}</source>
        <translation>检查点不接受所指定的缓存格式：{line}</translation>
    </message>
    <message>
        <source>Let the checkpoint decide.</source>
        <translation>请由检查点决定。</translation>
    </message>
    <message>
        <source>The model&apos;s files are not all there: {line}</source>
        <translation>模型的文件不完整：{line}</translation>
    </message>
    <message>
        <source>Fetch the model again; what is here is kept.</source>
        <translation>请重新获取模型；已有部分会保留。</translation>
    </message>
    <message>
        <source>The runtime does not recognise how this checkpoint was quantised: {line}</source>
        <translation>运行时无法识别此检查点的量化方式：{line}</translation>
    </message>
    <message>
        <source>Choose another checkpoint of the model.</source>
        <translation>请选择此模型的其他检查点。</translation>
    </message>
    <message>
        <source>The container service does not answer: {line}</source>
        <translation>容器服务没有响应：{line}</translation>
    </message>
    <message>
        <source>Start the container service.</source>
        <translation>请启动容器服务。</translation>
    </message>
    <message>
        <source>This user may not use the container service: {line}</source>
        <translation>当前用户无权使用容器服务：{line}</translation>
    </message>
    <message>
        <source>Add the user to the docker group and sign in again.</source>
        <translation>请将用户加入 docker 组并重新登录。</translation>
    </message>
    <message>
        <source>Containers get no card here: {line}</source>
        <translation>此处的容器无法获得显卡：{line}</translation>
    </message>
    <message>
        <source>Install or repair the NVIDIA Container Toolkit.</source>
        <translation>请安装或修复 NVIDIA Container Toolkit。</translation>
    </message>
    <message>
        <source>The container image {image} is not on this computer.</source>
        <translation>此电脑上没有容器镜像 {image}。</translation>
    </message>
    <message>
        <source>Install the runtime again.</source>
        <translation>请重新安装运行时。</translation>
    </message>
    <message>
        <source>A container named {name} is there already, left by an earlier start.</source>
        <translation>名为 {name} 的容器已存在，是上次启动遗留的。</translation>
    </message>
    <message>
        <source>Remove it, then start again.</source>
        <translation>请将其移除，然后重新启动。</translation>
    </message>
    <message>
        <source>This is a known fault of this runtime version: {line}</source>
        <translation>这是此运行时版本的已知故障：{line}</translation>
    </message>
    <message>
        <source>Use a newer version of the runtime.</source>
        <translation>请使用更新版本的运行时。</translation>
    </message>
    <message>
        <source>The start stands still at the step {step}: for {waited_s} it said nothing, and neither card nor disk had work. It was ended. Its last words: {line}</source>
        <translation>启动停在“{step}”步骤：{waited_s} 内没有任何输出，显卡和磁盘也都没有活动，因此被结束。最后的输出：{line}</translation>
    </message>
    <message>
        <source>Serve again, or see what the doctor offers on the Logs page.</source>
        <translation>请重新启动服务，或在“日志”页面查看诊断给出的办法。</translation>
    </message>
    <message>
        <source>The engine ran, but could not answer any more: {reason}. It was ended.</source>
        <translation>引擎曾正常运行，但已无法回答：{reason}。它已被结束。</translation>
    </message>
    <message>
        <source>It is started again by itself; if it happens again, read the log.</source>
        <translation>引擎会自动重新启动；如再次发生，请查看日志。</translation>
    </message>
    <message>
        <source>{engine} has ended, but memory of {name} is still held by {holders}.</source>
        <translation>{engine} 已结束，但 {name} 的显存仍被 {holders} 占用。</translation>
    </message>
    <message>
        <source>End what holds it, if nobody needs it.</source>
        <translation>如果无人需要，请结束占用者。</translation>
    </message>
    <message>
        <source>The doctor has nothing to say of {engine}.</source>
        <translation>诊断没有关于 {engine} 的结果。</translation>
    </message>
    <message>
        <source>It has not failed since it last ran; nothing needs to be done.</source>
        <translation>自上次运行以来它没有失败，无需处理。</translation>
    </message>
    <message>
        <source>The doctor does not offer {fix} for {engine} any more.</source>
        <translation>诊断不再为 {engine} 提供 {fix}。</translation>
    </message>
    <message>
        <source>Look at its finding again; it offers {known}.</source>
        <translation>请再次查看其诊断结果；目前提供 {known}。</translation>
    </message>
    <message>
        <source>{fix} cannot be done for {engine} from here: {reason}</source>
        <translation>无法从这里对 {engine} 执行 {fix}：{reason}</translation>
    </message>
    <message>
        <source>Choose another way out.</source>
        <translation>请选择其他办法。</translation>
    </message>
    <message>
        <source>{fix} for {engine} would end programs of yours: {holders}.</source>
        <translation>对 {engine} 执行 {fix} 会结束您的程序：{holders}。</translation>
    </message>
    <message>
        <source>Say that they may be ended, or end them yourself.</source>
        <translation>请允许结束它们，或自行结束。</translation>
    </message>
    <message>
        <source>Process {pid} has ended, is another one by now, or carries no mark of an engine.</source>
        <translation>进程 {pid} 已结束、现已是另一个进程，或没有引擎的标记。</translation>
    </message>
    <message>
        <source>Look at the list again.</source>
        <translation>请重新查看列表。</translation>
    </message>
    <message>
        <source>There is no model named {model} here. Known: {known}.</source>
        <translation>这里没有名为 {model} 的模型。已知的模型：{known}。</translation>
    </message>
    <message>
        <source>Choose one of the known models.</source>
        <translation>请选择一个已知的模型。</translation>
    </message>
    <message>
        <source>There is no model {model} in the catalogue. Nearest: {nearest}.</source>
        <translation>目录中没有模型 {model}。最接近的：{nearest}。</translation>
    </message>
    <message>
        <source>Choose one of these, or give a Hugging Face id or the path of a model.</source>
        <translation>请从中选择，或给出 Hugging Face ID 或模型的路径。</translation>
    </message>
    <message>
        <source>The starter model is not on this machine. Looked in: {searched}.</source>
        <translation>此机器上没有入门模型。查找位置：{searched}。</translation>
    </message>
    <message>
        <source>Install it with the launch script, or choose another model.</source>
        <translation>请用启动脚本安装，或选择其他模型。</translation>
    </message>
    <message>
        <source>There is no runtime {runtime} here. Known: {known}.</source>
        <translation>这里没有运行时 {runtime}。已知的运行时：{known}。</translation>
    </message>
    <message>
        <source>Choose one of the known ones, or install it.</source>
        <translation>请选择一个已知的运行时，或安装它。</translation>
    </message>
    <message>
        <source>TensorRT-LLM {version} cannot be installed in this form. Known: {known}.</source>
        <translation>无法以此形式安装 TensorRT-LLM {version}。已知的版本：{known}。</translation>
    </message>
    <message>
        <source>Choose one of these versions, or install it as a container.</source>
        <translation>请选择其中一个版本，或以容器形式安装。</translation>
    </message>
    <message>
        <source>{runtime} is installed already.</source>
        <translation>{runtime} 已安装。</translation>
    </message>
    <message>
        <source>Remove it first to install it anew.</source>
        <translation>要重新安装，请先将其移除。</translation>
    </message>
    <message>
        <source>{runtime} is in use by {users}.</source>
        <translation>{runtime} 正被 {users} 使用。</translation>
    </message>
    <message>
        <source>Stop that first, then try again.</source>
        <translation>请先将其停止，然后重试。</translation>
    </message>
    <message>
        <source>{runtime} is a part of Engineroom.</source>
        <translation>{runtime} 是 Engineroom 的一部分。</translation>
    </message>
    <message>
        <source>It goes when Engineroom is uninstalled.</source>
        <translation>卸载 Engineroom 时会一并移除。</translation>
    </message>
    <message>
        <source>{runtime} cannot be installed here: {reason}</source>
        <translation>无法在此安装 {runtime}：{reason}</translation>
    </message>
    <message>
        <source>Mend that, then install it again; nothing was fetched.</source>
        <translation>请修复后重新安装；没有下载任何内容。</translation>
    </message>
    <message>
        <source>{runtime} cannot become the default: {reason}</source>
        <translation>{runtime} 无法成为默认：{reason}</translation>
    </message>
    <message>
        <source>Run its gate again; the one before stays until then.</source>
        <translation>请重新运行准入测试；在此之前继续使用原来的运行时。</translation>
    </message>
    <message>
        <source>{runtime} was installed anew, and the one before stays in use: {reason}</source>
        <translation>{runtime} 已重新安装，但仍继续使用原来的安装：{reason}</translation>
    </message>
    <message>
        <source>Mend that and take the job up again, or cancel it, which removes the new one.</source>
        <translation>请解决该问题后继续此任务；若取消任务，新的安装将被删除。</translation>
    </message>
    <message>
        <source>{runtime} was installed, but {missing} is gone.</source>
        <translation>{runtime} 已安装，但 {missing} 已不存在。</translation>
    </message>
    <message>
        <source>Remove the runtime and install it again.</source>
        <translation>请移除运行时并重新安装。</translation>
    </message>
    <message>
        <source>The installation stopped at the step {step}: {line}</source>
        <translation>安装在“{step}”步骤停止：{line}</translation>
    </message>
    <message>
        <source>Mend the cause and install again; it goes on from there.</source>
        <translation>请消除原因后重新安装；会从停止处继续。</translation>
    </message>
    <message>
        <source>The order of the installation, {path}, cannot be used: {reason}.</source>
        <translation>无法使用安装指令 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Install again.</source>
        <translation>请重新安装。</translation>
    </message>
    <message>
        <source>There is no engine {engine} here. Known: {known}.</source>
        <translation>这里没有引擎 {engine}。已知的引擎：{known}。</translation>
    </message>
    <message>
        <source>Choose one of the known ones.</source>
        <translation>请选择一个已知的引擎。</translation>
    </message>
    <message>
        <source>{engine} has been built already.</source>
        <translation>{engine} 已构建。</translation>
    </message>
    <message>
        <source>Start it, or remove it to build it anew.</source>
        <translation>请直接启动；要重新构建，请先将其移除。</translation>
    </message>
    <message>
        <source>The engine in {path} cannot be started: {reason}.</source>
        <translation>无法启动 {path} 中的引擎：{reason}。</translation>
    </message>
    <message>
        <source>Build it again; the model it reads is kept.</source>
        <translation>请重新构建；它所用的模型会保留。</translation>
    </message>
    <message>
        <source>{model} cannot be built for {gpu}: {reason}.</source>
        <translation>无法为 {gpu} 构建 {model}：{reason}。</translation>
    </message>
    <message>
        <source>Choose another precision, context or model; nothing was fetched.</source>
        <translation>请选择其他精度、上下文或模型；没有下载任何内容。</translation>
    </message>
    <message>
        <source>{model} on {gpu} may not work: {reason}.</source>
        <translation>{model} 在 {gpu} 上可能无法工作：{reason}。</translation>
    </message>
    <message>
        <source>Say that you want it all the same, or change the plan.</source>
        <translation>请确认仍要继续，或更改方案。</translation>
    </message>
    <message>
        <source>The build stopped at the step {stage}: {line}</source>
        <translation>构建在“{stage}”步骤停止：{line}</translation>
    </message>
    <message>
        <source>Mend the cause and build again; it goes on from there.</source>
        <translation>请消除原因后重新构建；会从停止处继续。</translation>
    </message>
    <message>
        <source>{address} does not answer as an OpenAI-compatible server does: {reason}.</source>
        <translation>{address} 的响应不符合 OpenAI 兼容服务器：{reason}。</translation>
    </message>
    <message>
        <source>Check the address, and that the server runs.</source>
        <translation>请检查地址，并确认服务器正在运行。</translation>
    </message>
    <message>
        <source>The model file {path} is gone.</source>
        <translation>模型文件 {path} 已不存在。</translation>
    </message>
    <message>
        <source>Put the file back, or choose another model.</source>
        <translation>请放回文件，或选择其他模型。</translation>
    </message>
    <message>
        <source>The model file {path} cannot be read: {reason}.</source>
        <translation>无法读取模型文件 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Give your user permission to read it.</source>
        <translation>请为当前用户授予读取权限。</translation>
    </message>
    <message>
        <source>{path} is not a GGUF model file; it begins with {found}.</source>
        <translation>{path} 不是 GGUF 模型文件；其开头是 {found}。</translation>
    </message>
    <message>
        <source>Choose a file in the GGUF format.</source>
        <translation>请选择 GGUF 格式的文件。</translation>
    </message>
    <message>
        <source>{path} is written in GGUF version {version}, which this runtime does not read.</source>
        <translation>{path} 采用 GGUF 版本 {version}，此运行时无法读取。</translation>
    </message>
    <message>
        <source>Get the model in a current GGUF version.</source>
        <translation>请获取采用当前 GGUF 版本的模型。</translation>
    </message>
    <message>
        <source>{path} is cut short: it should hold {needs_bytes} and holds {has_bytes}.</source>
        <translation>{path} 不完整：应有 {needs_bytes}，实有 {has_bytes}。</translation>
    </message>
    <message>
        <source>Fetch the file again; a download probably broke off.</source>
        <translation>请重新获取文件；很可能是下载中断了。</translation>
    </message>
    <message>
        <source>{path} is damaged: {reason}.</source>
        <translation>{path} 已损坏：{reason}。</translation>
    </message>
    <message>
        <source>Fetch the file again.</source>
        <translation>请重新获取文件。</translation>
    </message>
    <message>
        <source>The configuration of {model} describes no language model to plan for: {reason}.</source>
        <translation>无法根据 {model} 的配置进行规划：{reason}。</translation>
    </message>
    <message>
        <source>Fetch the model again, or choose another one.</source>
        <translation>请重新获取模型，或选择其他模型。</translation>
    </message>
    <message>
        <source>The header of {path} is damaged: {reason}.</source>
        <translation>{path} 的文件头已损坏：{reason}。</translation>
    </message>
    <message>
        <source>{path} is larger than any real file of its kind ({has_bytes} of {limit_bytes} at most).</source>
        <translation>{path} 大于任何真实的同类文件（{has_bytes}，上限为 {limit_bytes}）。</translation>
    </message>
    <message>
        <source>Check where it comes from; it was not read.</source>
        <translation>请检查其来源；该文件未被读取。</translation>
    </message>
    <message>
        <source>There is no precision named {precision}.</source>
        <translation>没有名为 {precision} 的精度。</translation>
    </message>
    <message>
        <source>Choose one of those offered, such as bf16, fp8, nvfp4 or q4_k_m.</source>
        <translation>请从提供的精度中选择，例如 bf16、fp8、nvfp4 或 q4_k_m。</translation>
    </message>
    <message>
        <source>{path} is not the file that was published: its SHA-256 is {found}, expected {expected}.</source>
        <translation>{path} 不是所发布的文件：其 SHA-256 为 {found}，应为 {expected}。</translation>
    </message>
    <message>
        <source>Fetch the file again, and do not use this copy.</source>
        <translation>请重新获取文件，不要使用此副本。</translation>
    </message>
    <message>
        <source>The engine room that runs is older ({theirs}) than this window ({ours}).</source>
        <translation>运行中的引擎室（{theirs}）比此窗口（{ours}）旧。</translation>
    </message>
    <message>
        <source>Restart it, and both are of one version. Engines it runs are stopped.</source>
        <translation>请重启引擎室，使两者版本一致。它运行的引擎会停止。</translation>
    </message>
    <message>
        <source>The engine room that runs is newer ({theirs}) than this window ({ours}).</source>
        <translation>运行中的引擎室（{theirs}）比此窗口（{ours}）新。</translation>
    </message>
    <message>
        <source>Restart this window; if that does not help, update Engineroom.</source>
        <translation>请重启此窗口；如果无效，请更新 Engineroom。</translation>
    </message>
    <message>
        <source>The engine room is {theirs}, this window {ours}; they understand each other.</source>
        <translation>引擎室为 {theirs}，此窗口为 {ours}；两者可以互通。</translation>
    </message>
    <message>
        <source>Restart it when nothing is being served, and both are the same.</source>
        <translation>请在没有模型服务时重启引擎室，使两者一致。</translation>
    </message>
    <message>
        <source>There is no ssh program here, and without it no other computer can be reached.</source>
        <translation>这里没有 ssh 程序，没有它就无法连接其他电脑。</translation>
    </message>
    <message>
        <source>Install the OpenSSH client.</source>
        <translation>请安装 OpenSSH 客户端。</translation>
    </message>
    <message>
        <source>{host} shows another key than before: somebody may be in between, or it was set up anew.</source>
        <translation>{host} 出示的密钥与以前不同：连接可能被人截取，也可能是该电脑已重装。</translation>
    </message>
    <message>
        <source>Nothing was sent. Ask who runs it; if the new key is right, remove the old one from {path}.</source>
        <translation>没有发送任何内容。请询问其管理者；如果新密钥无误，请从 {path} 中移除旧密钥。</translation>
    </message>
    <message>
        <source>{host} does not let you in: {reason}.</source>
        <translation>{host} 拒绝登录：{reason}。</translation>
    </message>
    <message>
        <source>Logging in must work without a password: ssh-copy-id {host} sets that up.</source>
        <translation>登录必须无需密码：可用 ssh-copy-id {host} 设置。</translation>
    </message>
    <message>
        <source>{host} cannot be reached: {reason}.</source>
        <translation>无法连接 {host}：{reason}。</translation>
    </message>
    <message>
        <source>This window keeps trying; check the name, the network, and that it is on.</source>
        <translation>此窗口会继续尝试；请检查名称、网络以及对方是否开机。</translation>
    </message>
    <message>
        <source>The engine room of {host} is not running.</source>
        <translation>{host} 的引擎室未运行。</translation>
    </message>
    <message>
        <source>Start it there to see and serve models.</source>
        <translation>请在那里启动引擎室，以查看模型并提供服务。</translation>
    </message>
    <message>
        <source>There is no Engineroom on {host} where a login finds it.</source>
        <translation>在 {host} 上登录后找不到 Engineroom。</translation>
    </message>
    <message>
        <source>Install it there, or put its engineroom command on the PATH of that login.</source>
        <translation>请在那里安装，或将 engineroom 命令加入该登录的 PATH。</translation>
    </message>
    <message>
        <source>{host} gave an answer that this window cannot read.</source>
        <translation>此窗口无法读取 {host} 给出的响应。</translation>
    </message>
    <message>
        <source>Install the same version of Engineroom on both computers.</source>
        <translation>请在两台电脑上安装相同版本的 Engineroom。</translation>
    </message>
    <message>
        <source>Check the network, then try again; what is here already stays.</source>
        <translation>请检查网络，然后重试；已有的内容会保留。</translation>
    </message>
    <message>
        <source>The offline switch is on, so nothing was asked of {host}.</source>
        <translation>离线开关已打开，因此没有向 {host} 发出请求。</translation>
    </message>
    <message>
        <source>Models that are here work; switch it off to look for others.</source>
        <translation>已有的模型可以使用；要查找其他模型，请关闭离线开关。</translation>
    </message>
    <message>
        <source>{host} answered with an error of its own (status {status}).</source>
        <translation>{host} 返回了自身的错误（状态 {status}）。</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>请稍后重试。</translation>
    </message>
    <message>
        <source>{host} did not answer as a Hugging Face Hub does: {reason}.</source>
        <translation>{host} 的响应不符合 Hugging Face Hub：{reason}。</translation>
    </message>
    <message>
        <source>Check HF_ENDPOINT and any proxy between.</source>
        <translation>请检查 HF_ENDPOINT 以及中间的代理。</translation>
    </message>
    <message>
        <source>{host} did not accept the access token.</source>
        <translation>{host} 不接受此访问令牌。</translation>
    </message>
    <message>
        <source>Make a new one on its page of settings, or remove the old one.</source>
        <translation>请在其设置页面创建新令牌，或移除旧令牌。</translation>
    </message>
    <message>
        <source>{host} wants fewer requests from this address for now.</source>
        <translation>{host} 要求此地址暂时减少请求。</translation>
    </message>
    <message>
        <source>Wait {retry_after_s} and try again; a token raises the limit.</source>
        <translation>请等待 {retry_after_s} 后重试；使用令牌可提高限额。</translation>
    </message>
    <message>
        <source>&apos;{repo}&apos; is not the name of a Hub repository.</source>
        <translation>“{repo}”不是 Hub 仓库的名称。</translation>
    </message>
    <message>
        <source>Write owner/name, owner/name@revision, or paste the address of its page.</source>
        <translation>请写成 owner/name 或 owner/name@revision，或粘贴其页面的地址。</translation>
    </message>
    <message>
        <source>There is no repository {repo}, or it is private and this token may not see it.</source>
        <translation>没有仓库 {repo}，或者它是私有的，此令牌无权查看。</translation>
    </message>
    <message>
        <source>Check the name, or store a token that may.</source>
        <translation>请检查名称，或保存有权限的令牌。</translation>
    </message>
    <message>
        <source>{repo} has no revision {revision}.</source>
        <translation>{repo} 没有修订版本 {revision}。</translation>
    </message>
    <message>
        <source>Name a branch, a tag or a commit of it, or none to take the newest.</source>
        <translation>请指定其分支、标签或提交；不指定则使用最新版本。</translation>
    </message>
    <message>
        <source>{repo} has no file {path} in revision {revision}.</source>
        <translation>{repo} 的修订版本 {revision} 中没有文件 {path}。</translation>
    </message>
    <message>
        <source>Choose another revision, or tell its authors.</source>
        <translation>请选择其他修订版本，或告知其作者。</translation>
    </message>
    <message>
        <source>{repo} is only for those who accepted its licence, and no access token is stored.</source>
        <translation>{repo} 只提供给已接受其许可证的用户，而这里没有保存访问令牌。</translation>
    </message>
    <message>
        <source>Accept the licence at {page} and store a token of that account.</source>
        <translation>请在 {page} 接受许可证，并保存该账号的令牌。</translation>
    </message>
    <message>
        <source>{repo} is only for those who accepted its licence, and this token&apos;s account has not.</source>
        <translation>{repo} 只提供给已接受其许可证的用户，而此令牌的账号尚未接受。</translation>
    </message>
    <message>
        <source>Accept it at {page} with that account; the token must be allowed to read gated repositories.</source>
        <translation>请用该账号在 {page} 接受；令牌须有读取受限仓库的权限。</translation>
    </message>
    <message>
        <source>The authors of {repo} have not yet answered the request for access.</source>
        <translation>{repo} 的作者尚未答复访问申请。</translation>
    </message>
    <message>
        <source>The step missing is theirs; {page} shows when it is done.</source>
        <translation>目前等待对方处理；完成后 {page} 会显示。</translation>
    </message>
    <message>
        <source>{repo} has no weights that can be served: no safetensors and no GGUF file.</source>
        <translation>{repo} 没有可提供服务的权重：既无 safetensors，也无 GGUF 文件。</translation>
    </message>
    <message>
        <source>Choose another repository.</source>
        <translation>请选择其他仓库。</translation>
    </message>
    <message>
        <source>{repo} has its weights only as pickle files such as {path}, which can run any program when loaded.</source>
        <translation>{repo} 的权重只有 pickle 文件（例如 {path}），加载时可能运行任意程序。</translation>
    </message>
    <message>
        <source>They are not fetched; choose a repository with safetensors or GGUF files.</source>
        <translation>不会获取这类文件；请选择含 safetensors 或 GGUF 文件的仓库。</translation>
    </message>
    <message>
        <source>{repo} has several sets of weights: {choices}.</source>
        <translation>{repo} 有多组权重：{choices}。</translation>
    </message>
    <message>
        <source>Name the one to fetch.</source>
        <translation>请指定要获取的一组。</translation>
    </message>
    <message>
        <source>{repo} brings program code of its own that would run on this computer.</source>
        <translation>{repo} 自带会在此电脑上运行的程序代码。</translation>
    </message>
    <message>
        <source>Read it; then allow it for exactly revision {revision}, or choose another model.</source>
        <translation>请先阅读代码；然后只允许修订版本 {revision}，或选择其他模型。</translation>
    </message>
    <message>
        <source>{repo} has a file with a name that may not be written here: {path}.</source>
        <translation>{repo} 中有文件的名称不允许写入此处：{path}。</translation>
    </message>
    <message>
        <source>Nothing was fetched; choose another repository.</source>
        <translation>没有下载任何内容；请选择其他仓库。</translation>
    </message>
    <message>
        <source>{path} of {repo} is not what the Hub listed before the download: {reason}.</source>
        <translation>{repo} 的 {path} 与下载前 Hub 所列的不符：{reason}。</translation>
    </message>
    <message>
        <source>Look the model up again, then fetch it again.</source>
        <translation>请重新查询模型，然后重新获取。</translation>
    </message>
    <message>
        <source>{path} of {repo} arrived twice with the wrong content: its hash is {found}, the Hub says {expected}.</source>
        <translation>{repo} 的 {path} 两次收到的内容都有误：其哈希为 {found}，Hub 给出的是 {expected}。</translation>
    </message>
    <message>
        <source>It was thrown away; try another network or mirror.</source>
        <translation>该内容已丢弃；请换用其他网络或镜像。</translation>
    </message>
    <message>
        <source>The download needs {needs_bytes} more below {path}, and {free_bytes} are free.</source>
        <translation>下载还需在 {path} 下占用 {needs_bytes}，目前剩余 {free_bytes}。</translation>
    </message>
    <message>
        <source>Free space, or set HF_HOME to a larger disk; nothing was fetched.</source>
        <translation>请释放空间，或将 HF_HOME 设为更大的磁盘；没有下载任何内容。</translation>
    </message>
    <message>
        <source>The disk of {path} is full.</source>
        <translation>{path} 所在的磁盘已满。</translation>
    </message>
    <message>
        <source>Free space and start the download again; it goes on where it stopped.</source>
        <translation>请释放空间后重新开始下载；会从停止处继续。</translation>
    </message>
    <message>
        <source>The model cache {path} cannot be written: {reason}.</source>
        <translation>无法写入模型缓存 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Give your user permission, or set HF_HOME to another place.</source>
        <translation>请为当前用户授予权限，或将 HF_HOME 设为其他位置。</translation>
    </message>
    <message>
        <source>The list of files to fetch cannot be used: {reason}.</source>
        <translation>无法使用待获取文件的列表：{reason}。</translation>
    </message>
    <message>
        <source>Start the download again.</source>
        <translation>请重新开始下载。</translation>
    </message>
    <message>
        <source>There is no GGUF model below {path}.</source>
        <translation>{path} 下没有 GGUF 模型。</translation>
    </message>
    <message>
        <source>Choose a GGUF file, or the folder it lies in.</source>
        <translation>请选择 GGUF 文件，或其所在的文件夹。</translation>
    </message>
    <message>
        <source>{model} cannot be removed here; it comes from {source}.</source>
        <translation>无法在此移除 {model}；它来自 {source}。</translation>
    </message>
    <message>
        <source>Take it out of the settings, or uninstall what brought it.</source>
        <translation>请从设置中去掉它，或卸载带来它的软件。</translation>
    </message>
    <message>
        <source>{model} is in use by the engine {engines}.</source>
        <translation>{model} 正被引擎 {engines} 使用。</translation>
    </message>
    <message>
        <source>Stop that engine first.</source>
        <translation>请先停止该引擎。</translation>
    </message>
    <message>
        <source>{path} is not whole; missing: {missing}.</source>
        <translation>{path} 不完整，缺少：{missing}。</translation>
    </message>
    <message>
        <source>{wrong} of {files} files are not what they should be, such as {path}: {reason}.</source>
        <translation>{files} 个文件中有 {wrong} 个不符合预期，例如 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Remove the model and fetch it again.</source>
        <translation>请移除模型并重新获取。</translation>
    </message>
    <message>
        <source>{model} comes from {source}; only models of the Hub have hashes that a bundle needs.</source>
        <translation>{model} 来自 {source}；只有 Hub 的模型才有打包所需的哈希。</translation>
    </message>
    <message>
        <source>Copy its file instead, and import it there.</source>
        <translation>请改为复制其文件，再到目标处导入。</translation>
    </message>
    <message>
        <source>{path} is there already.</source>
        <translation>{path} 已存在。</translation>
    </message>
    <message>
        <source>Choose another place for the bundle, or move that away.</source>
        <translation>请为打包文件选择其他位置，或移走原有内容。</translation>
    </message>
    <message>
        <source>The bundle {path} cannot be used: {reason}. Nothing of it was taken over.</source>
        <translation>无法使用打包文件 {path}：{reason}。没有采用其中任何内容。</translation>
    </message>
    <message>
        <source>Copy or export it again.</source>
        <translation>请重新复制或导出。</translation>
    </message>
    <message>
        <source>There is no job {job} any more.</source>
        <translation>任务 {job} 已不存在。</translation>
    </message>
    <message>
        <source>The list is up to date again in a moment.</source>
        <translation>列表稍后会更新。</translation>
    </message>
    <message>
        <source>The job {job} is {state} already.</source>
        <translation>任务 {job} 已处于 {state} 状态。</translation>
    </message>
    <message>
        <source>Start it anew if you want it again.</source>
        <translation>如仍需要，请重新开始。</translation>
    </message>
    <message>
        <source>The job was stopped before it came to its end.</source>
        <translation>任务在完成前被停止。</translation>
    </message>
    <message>
        <source>Resume it; it goes on where it was.</source>
        <translation>请继续该任务；会从停止处继续。</translation>
    </message>
    <message>
        <source>The worker of this job could not be started: {reason}.</source>
        <translation>无法启动此任务的工作进程：{reason}。</translation>
    </message>
    <message>
        <source>Install Engineroom again.</source>
        <translation>请重新安装 Engineroom。</translation>
    </message>
    <message>
        <source>The worker of this job ended unexpectedly (status {status}). Its last words: {line}.</source>
        <translation>此任务的工作进程意外结束（状态 {status}）。最后的输出：{line}。</translation>
    </message>
    <message>
        <source>Resume the job. If it happens again, the logs say more.</source>
        <translation>请继续该任务。如再次发生，日志中有更多信息。</translation>
    </message>
    <message>
        <source>{waiting} requests already wait for {model}, which is as many as may.</source>
        <translation>已有 {waiting} 个请求在等待 {model}，达到上限。</translation>
    </message>
    <message>
        <source>Ask again in {retry_after_s}.</source>
        <translation>请在 {retry_after_s} 后重试。</translation>
    </message>
    <message>
        <source>After {waited_s}, {model} still could not be asked, and nobody waits longer.</source>
        <translation>等待 {waited_s} 后 {model} 仍不可用，不再继续等待。</translation>
    </message>
    <message>
        <source>There is no room for {model}: it needs {needs_bytes}, and at most {room_bytes} could be free.</source>
        <translation>没有足够的空间运行 {model}：需要 {needs_bytes}，最多可腾出 {room_bytes}。</translation>
    </message>
    <message>
        <source>End other programs that hold memory, or give it less context.</source>
        <translation>请结束占用内存的其他程序，或减小其上下文。</translation>
    </message>
    <message>
        <source>There is no room for {model} beside what is pinned: {pinned}.</source>
        <translation>除已固定的引擎 {pinned} 外，没有空间容纳 {model}。</translation>
    </message>
    <message>
        <source>Let go of a pinned engine, then ask again.</source>
        <translation>请取消固定一个引擎，然后再提问。</translation>
    </message>
</context>
<context>
    <name>routing</name>
    <message>
        <source>Loaded for a request. It needs {needs_bytes} of {room_bytes}.</source>
        <translation>因请求而加载。需要 {needs_bytes}，可用 {room_bytes}。</translation>
    </message>
    <message>
        <source>Started by hand. It needs {needs_bytes} of {room_bytes}.</source>
        <translation>手动启动。需要 {needs_bytes}，可用 {room_bytes}。</translation>
    </message>
    <message>
        <source>Loaded although it is tight: it needs {needs_bytes} of {room_bytes}.</source>
        <translation>空间紧张但仍已加载：需要 {needs_bytes}，可用 {room_bytes}。</translation>
    </message>
    <message>
        <source>Loaded without knowing how much memory it needs.</source>
        <translation>在不知需要多少内存的情况下加载。</translation>
    </message>
    <message>
        <source>Being answered.</source>
        <translation>正在回答。</translation>
    </message>
    <message>
        <source>Unloaded for {other}. It gave back {frees_bytes} and had been idle for {idle_s}.</source>
        <translation>为 {other} 让出而卸载。释放了 {frees_bytes}，此前已空闲 {idle_s}。</translation>
    </message>
    <message>
        <source>Unloaded after {idle_s} without a request.</source>
        <translation>{idle_s} 没有请求，已卸载。</translation>
    </message>
    <message>
        <source>Stopped by hand.</source>
        <translation>手动停止。</translation>
    </message>
    <message>
        <source>What it needs is being found out.</source>
        <translation>正在查明所需的资源。</translation>
    </message>
    <message>
        <source>The memory of {place} has not been read yet.</source>
        <translation>尚未读取 {place} 的内存。</translation>
    </message>
    <message>
        <source>It is loading. Expected in {expected_s}.</source>
        <translation>正在加载。预计还需 {expected_s}。</translation>
    </message>
    <message>
        <source>All {slots} slots are answering.</source>
        <translation>全部 {slots} 个槽位都在回答。</translation>
    </message>
    <message>
        <source>{other} has its turn first.</source>
        <translation>先轮到 {other}。</translation>
    </message>
    <message>
        <source>{other} is to make room and still answers.</source>
        <translation>{other} 将让出空间，但仍在回答。</translation>
    </message>
    <message>
        <source>{other} was loaded only just now and stays for another {left_s}.</source>
        <translation>{other} 刚刚加载，还会保留 {left_s}。</translation>
    </message>
    <message>
        <source>{other} is being loaded where the room is.</source>
        <translation>{other} 正在该空间加载。</translation>
    </message>
    <message>
        <source>{other} is being unloaded.</source>
        <translation>正在卸载 {other}。</translation>
    </message>
    <message>
        <source>The memory of {place} is still being given back.</source>
        <translation>{place} 的内存仍在释放中。</translation>
    </message>
    <message>
        <source>{other} was first to ask for the same room.</source>
        <translation>{other} 先请求了同一空间。</translation>
    </message>
    <message>
        <source>Turned away: {waiting} requests waited already.</source>
        <translation>已拒绝：已有 {waiting} 个请求在等待。</translation>
    </message>
    <message>
        <source>Turned away after waiting {waited_s}.</source>
        <translation>等待 {waited_s} 后被拒绝。</translation>
    </message>
    <message>
        <source>Turned away: it needs {needs_bytes}, and at most {room_bytes} could be free.</source>
        <translation>已拒绝：需要 {needs_bytes}，最多可腾出 {room_bytes}。</translation>
    </message>
    <message>
        <source>Turned away: no room for {needs_bytes} beside what is pinned ({pinned}).</source>
        <translation>已拒绝：除已固定的引擎（{pinned}）外，没有 {needs_bytes} 的空间。</translation>
    </message>
    <message>
        <source>Turned away: requests may not start engines here.</source>
        <translation>已拒绝：此处不允许请求启动引擎。</translation>
    </message>
    <message>
        <source>Turned away: the engine does not run.</source>
        <translation>已拒绝：引擎未运行。</translation>
    </message>
    <message>
        <source>Turned away: the model is no longer here.</source>
        <translation>已拒绝：模型已不在这里。</translation>
    </message>
    <message>
        <source>It is loading.</source>
        <translation>正在加载。</translation>
    </message>
    <message>
        <source>The engine room reported “{code}”.</source>
        <translation>引擎室报告了“{code}”。</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>此电脑</translation>
    </message>
</context>
<context>
    <name>runtimes</name>
    <message>
        <source>container</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>environment</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>included</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>attached</source>
        <translation>附加</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>installed, not proved yet</source>
        <translation>已安装，尚未验证</translation>
    </message>
    <message>
        <source>its gate failed</source>
        <translation>准入测试失败</translation>
    </message>
    <message>
        <source>not completely installed</source>
        <translation>未完整安装</translation>
    </message>
    <message>
        <source>broken: parts of it are gone</source>
        <translation>已损坏：部分组件已不存在</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>没有响应</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>CUDA</source>
        <translation>CUDA</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Settings of an engine</source>
        <translation>引擎的设置</translation>
    </message>
    <message>
        <source>Serves</source>
        <translation>提供服务</translation>
    </message>
    <message>
        <source>Calls a tool</source>
        <translation>调用工具</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>not run</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>serves {models}</source>
        <translation>服务 {models}</translation>
    </message>
    <message>
        <source>used by {engines}</source>
        <translation>被 {engines} 使用</translation>
    </message>
    <message>
        <source>proved on simulated cards</source>
        <translation>在模拟显卡上验证</translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{name}: {value}</source>
        <translation>{name}：{value}</translation>
    </message>
    <message>
        <source>{what}; {more}</source>
        <translation>{what}；{more}</translation>
    </message>
    <message>
        <source>{what} {remedy}</source>
        <translation>{what}{remedy}</translation>
    </message>
    <message>
        <source>{what}. {remedy}</source>
        <translation>{what}。{remedy}</translation>
    </message>
    <message>
        <source>{what}.</source>
        <translation>{what}。</translation>
    </message>
</context>
<context>
    <name>serve</name>
    <message>
        <source>{number} bit</source>
        <translation>{number} 位</translation>
    </message>
    <message>
        <source>None of the recommended models fits it</source>
        <translation>推荐的模型都无法容纳</translation>
    </message>
    <message>
        <source>Holds {size} models in {bits}; speed not known</source>
        <translation>可容纳 {bits}的 {size} 模型；速度未知</translation>
    </message>
    <message>
        <source>Runs {size} models in {bits}, ~{rate} tok/s (estimate)</source>
        <translation>可运行 {bits}的 {size} 模型，约 {rate} tok/s（估算）</translation>
    </message>
    <message>
        <source>{n} B</source>
        <translation>{n} B</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} token</translation>
    </message>
    <message>
        <source>loaded in {time}</source>
        <translation>加载用时 {time}</translation>
    </message>
    <message>
        <source>starts in about {time}</source>
        <translation>约 {time} 后启动完成</translation>
    </message>
    <message>
        <source>{time} so far; first start of this model here, so no time is known</source>
        <translation>已用 {time}；此模型首次在此启动，因此无法预计时间</translation>
    </message>
    <message>
        <source>{time} so far, longer than usual ({expected})</source>
        <translation>已用 {time}，比平时长（{expected}）</translation>
    </message>
    <message>
        <source>{time} so far, about {left} left (estimate)</source>
        <translation>已用 {time}，约剩 {left}（估算）</translation>
    </message>
    <message>
        <source>{active} now, {waiting} waiting</source>
        <translation>进行中 {active}，等待 {waiting}</translation>
    </message>
    <message>
        <source>{active} now</source>
        <translation>进行中 {active}</translation>
    </message>
    <message>
        <source>about {energy} J</source>
        <translation>约 {energy} J</translation>
    </message>
    <message>
        <source>{energy} J</source>
        <translation>{energy} J</translation>
    </message>
    <message>
        <source>Serve</source>
        <translation>启动服务</translation>
    </message>
    <message>
        <source>Served</source>
        <translation>正在服务</translation>
    </message>
    <message>
        <source>Get and serve</source>
        <translation>获取并启动</translation>
    </message>
    <message>
        <source>Build and serve</source>
        <translation>构建并启动</translation>
    </message>
    <message>
        <source>Install TensorRT-LLM</source>
        <translation>安装 TensorRT-LLM</translation>
    </message>
    <message>
        <source>No way here</source>
        <translation>此处不可行</translation>
    </message>
    <message>
        <source>It is on this computer.</source>
        <translation>已在此电脑上。</translation>
    </message>
    <message>
        <source>It is being served.</source>
        <translation>正在服务。</translation>
    </message>
    <message>
        <source>It is fetched from the Hub first, then served.</source>
        <translation>先从 Hub 获取，再启动服务。</translation>
    </message>
    <message>
        <source>It is fetched if need be, built into an engine for {card}, then served.</source>
        <translation>必要时先获取，再为 {card} 构建成引擎，然后启动服务。</translation>
    </message>
    <message>
        <source>TensorRT-LLM is needed for this card, and is installed once for all models.</source>
        <translation>此显卡需要 TensorRT-LLM；安装一次即可用于所有模型。</translation>
    </message>
    <message>
        <source>No runtime of this computer serves it.</source>
        <translation>此电脑上没有运行时可为它提供服务。</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Listen on</source>
        <translation>监听地址</translation>
    </message>
    <message>
        <source>127.0.0.1 lets in this computer alone; 0.0.0.0 lets in others, with a key and over TLS.</source>
        <translation>127.0.0.1 只允许此电脑；0.0.0.0 允许其他电脑，须使用密钥和 TLS。</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>A number, or auto for the next one that is free.</source>
        <translation>填写数字，或填 auto 使用下一个空闲端口。</translation>
    </message>
    <message>
        <source>Programs of this computer need no key</source>
        <translation>此电脑上的程序无需密钥</translation>
    </message>
    <message>
        <source>Other computers always need one.</source>
        <translation>其他电脑始终需要密钥。</translation>
    </message>
    <message>
        <source>Further names</source>
        <translation>其他名称</translation>
    </message>
    <message>
        <source>Names that a request may call this computer by, with commas between.</source>
        <translation>请求可用来称呼此电脑的名称，以逗号分隔。</translation>
    </message>
    <message>
        <source>Web pages that may call</source>
        <translation>允许调用的网页</translation>
    </message>
    <message>
        <source>Exact origins with commas between, such as app://obsidian.md; nobody else&apos;s page may.</source>
        <translation>确切的来源，以逗号分隔，例如 app://obsidian.md；其他网页不得调用。</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>A PEM file of your own, together with its key; without it one is made here.</source>
        <translation>自有的 PEM 文件，须连同其密钥；未提供时在此生成。</translation>
    </message>
    <message>
        <source>Key of the certificate</source>
        <translation>证书的密钥</translation>
    </message>
    <message>
        <source>Default model</source>
        <translation>默认模型</translation>
    </message>
    <message>
        <source>Who asks for “default” gets it. Empty: the starter model.</source>
        <translation>请求“default”的程序使用此模型。留空：入门模型。</translation>
    </message>
    <message>
        <source>Fetch images that requests name by an address</source>
        <translation>获取请求中以地址给出的图片</translation>
    </message>
    <message>
        <source>Only from public addresses; otherwise an image has to be in the request itself.</source>
        <translation>仅限公网地址；否则图片必须包含在请求本身之中。</translation>
    </message>
    <message>
        <source>Load on demand</source>
        <translation>按需加载</translation>
    </message>
    <message>
        <source>A request starts the engine of its model.</source>
        <translation>请求会启动其模型的引擎。</translation>
    </message>
    <message>
        <source>Context of llama.cpp engines</source>
        <translation>llama.cpp 引擎的上下文</translation>
    </message>
    <message>
        <source>Tokens of one request, prompt and answer. Agents need 32,768.</source>
        <translation>单个请求的 token 数，含提示词和回答。智能体需要 32,768。</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>并发请求数</translation>
    </message>
    <message>
        <source>Each takes memory for its context.</source>
        <translation>每个请求的上下文都占用内存。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>0: one for each physical core.</source>
        <translation>0：每个物理核心一个。</translation>
    </message>
    <message>
        <source>Cache of prompts (MiB)</source>
        <translation>提示词缓存（MiB）</translation>
    </message>
    <message>
        <source>Memory for prompts that were seen before.</source>
        <translation>用于缓存出现过的提示词的内存。</translation>
    </message>
    <message>
        <source>Price of a kilowatt-hour</source>
        <translation>每千瓦时价格</translation>
    </message>
    <message>
        <source>Empty: no costs are shown.</source>
        <translation>留空：不显示费用。</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>货币</translation>
    </message>
    <message>
        <source>Keep single requests for (days)</source>
        <translation>单个请求的保留天数</translation>
    </message>
    <message>
        <source>Counts, times and joules; never prompts or answers.</source>
        <translation>只有次数、时间和焦耳数；绝不含提示词或回答。</translation>
    </message>
    <message>
        <source>Keep sums for (days)</source>
        <translation>汇总数据的保留天数</translation>
    </message>
    <message>
        <source>Stay offline</source>
        <translation>保持离线</translation>
    </message>
    <message>
        <source>The Hugging Face Hub is asked nothing, and nothing is fetched.</source>
        <translation>不向 Hugging Face Hub 发出请求，也不下载任何内容。</translation>
    </message>
    <message>
        <source>Connections of a download</source>
        <translation>每个下载的连接数</translation>
    </message>
    <message>
        <source>Limit of a download (MiB/s)</source>
        <translation>每个下载的限速（MiB/s）</translation>
    </message>
    <message>
        <source>Empty: as fast as it goes.</source>
        <translation>留空：不限速。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Engines</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Runtimes</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>Data and ledger</source>
        <translation>数据与用量记录</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
</context>
<context>
    <name>sidebar</name>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Prepare</source>
        <translation>准备</translation>
    </message>
    <message>
        <source>Operate</source>
        <translation>运维</translation>
    </message>
</context>
<context>
    <name>tables</name>
    <message>
        <source>a program&apos;s command made the card&apos;s graphics engine fail</source>
        <translation>某个程序的命令导致显卡的图形引擎出错</translation>
    </message>
    <message>
        <source>a program used memory of the card that is not its own</source>
        <translation>某个程序使用了不属于自己的显存</translation>
    </message>
    <message>
        <source>the command stream of a program arrived damaged</source>
        <translation>某个程序的命令流到达时已损坏</translation>
    </message>
    <message>
        <source>the card stopped a program&apos;s work after an error of that program</source>
        <translation>某个程序出错后，显卡停止了该程序的工作</translation>
    </message>
    <message>
        <source>the graphics engine failed while it changed from one program to another</source>
        <translation>图形引擎在切换程序时出错</translation>
    </message>
    <message>
        <source>the driver ended a program&apos;s work because of an earlier error</source>
        <translation>驱动程序因先前的错误结束了某个程序的工作</translation>
    </message>
    <message>
        <source>the card stopped answering its work</source>
        <translation>显卡不再响应其任务</translation>
    </message>
    <message>
        <source>two wrong bits in the card&apos;s memory, which cannot be corrected</source>
        <translation>显存出现无法纠正的双位错误</translation>
    </message>
    <message>
        <source>the card&apos;s power controller stopped at a breakpoint</source>
        <translation>显卡的功耗控制器停在断点处</translation>
    </message>
    <message>
        <source>the card&apos;s power controller halted</source>
        <translation>显卡的功耗控制器已停止</translation>
    </message>
    <message>
        <source>a bad row of the card&apos;s memory was noted to be replaced by a spare one</source>
        <translation>显存中有一个坏行，已登记待用备用行替换</translation>
    </message>
    <message>
        <source>a bad row of the card&apos;s memory could not be noted for replacement</source>
        <translation>显存中有一个坏行，未能登记替换</translation>
    </message>
    <message>
        <source>a program sent the graphics engine a command it does not know</source>
        <translation>某个程序向图形引擎发送了它不认识的命令</translation>
    </message>
    <message>
        <source>an NVLink between cards failed</source>
        <translation>显卡之间的 NVLink 出现故障</translation>
    </message>
    <message>
        <source>the card has fallen off the bus</source>
        <translation>显卡已从总线上掉线</translation>
    </message>
    <message>
        <source>many corrected single-bit errors in the card&apos;s memory</source>
        <translation>显存中出现大量已纠正的单位错误</translation>
    </message>
    <message>
        <source>a memory error that hit one program only</source>
        <translation>仅影响一个程序的显存错误</translation>
    </message>
    <message>
        <source>a memory error that may have hit every program on the card</source>
        <translation>可能影响显卡上所有程序的显存错误</translation>
    </message>
    <message>
        <source>changing from one program to another took too long</source>
        <translation>从一个程序切换到另一个程序耗时过长</translation>
    </message>
    <message>
        <source>the card&apos;s system processor did not answer the driver in time</source>
        <translation>显卡的系统处理器未及时响应驱动程序</translation>
    </message>
    <message>
        <source>the card&apos;s system processor failed</source>
        <translation>显卡的系统处理器出错</translation>
    </message>
    <message>
        <source>an error on the link between the card and its processor</source>
        <translation>显卡与其处理器之间的链路出错</translation>
    </message>
    <message>
        <source>an error in the card&apos;s memory that could not be corrected</source>
        <translation>显存中出现无法纠正的错误</translation>
    </message>
    <message>
        <source>what the card needs to recover has changed</source>
        <translation>显卡恢复所需的操作已改变</translation>
    </message>
    <message>
        <source>Start what was running again; if it happens with several programs, test the card</source>
        <translation>请重新启动原先运行的程序；如在多个程序中都发生，请检测显卡</translation>
    </message>
    <message>
        <source>Start what was running again; if it happens with several programs, update the driver</source>
        <translation>请重新启动原先运行的程序；如在多个程序中都发生，请更新驱动程序</translation>
    </message>
    <message>
        <source>Start what was running again; if it repeats, update the driver and check the card&apos;s seat in its slot</source>
        <translation>请重新启动原先运行的程序；如再次发生，请更新驱动程序，并检查显卡在插槽中是否插牢</translation>
    </message>
    <message>
        <source>Nothing is wrong with the card; start what was running again</source>
        <translation>显卡没有问题；请重新启动原先运行的程序</translation>
    </message>
    <message>
        <source>Start what was running again; if it repeats, ask the card&apos;s maker</source>
        <translation>请重新启动原先运行的程序；如再次发生，请联系显卡制造商</translation>
    </message>
    <message>
        <source>Look at the Xid before this one; alone it only says that a program was ended</source>
        <translation>请查看在此之前的 Xid；单独出现时，它只表示某个程序被结束</translation>
    </message>
    <message>
        <source>End what runs on the card and reset it (nvidia-smi --gpu-reset), or restart the computer</source>
        <translation>请结束显卡上运行的程序并重置显卡（nvidia-smi --gpu-reset），或重启电脑</translation>
    </message>
    <message>
        <source>End what runs on the card and reset it, or restart the computer; if it repeats, have the card replaced</source>
        <translation>请结束显卡上运行的程序并重置显卡，或重启电脑；如再次发生，请更换显卡</translation>
    </message>
    <message>
        <source>Restart the computer and update the driver; if it repeats, ask the card&apos;s maker</source>
        <translation>请重启电脑并更新驱动程序；如再次发生，请联系显卡制造商</translation>
    </message>
    <message>
        <source>Reset the card or restart the computer; if it repeats, update the driver and ask the card&apos;s maker</source>
        <translation>请重置显卡或重启电脑；如再次发生，请更新驱动程序并联系显卡制造商</translation>
    </message>
    <message>
        <source>Nothing now; the spare row is used after the next reset of the card or restart of the computer</source>
        <translation>目前无需处理；下次重置显卡或重启电脑后将启用备用行</translation>
    </message>
    <message>
        <source>Reset the card or restart the computer; if it repeats, have the card replaced</source>
        <translation>请重置显卡或重启电脑；如再次发生，请更换显卡</translation>
    </message>
    <message>
        <source>Start what was running again; if it repeats, update the driver</source>
        <translation>请重新启动原先运行的程序；如再次发生，请更新驱动程序</translation>
    </message>
    <message>
        <source>Check the NVLink bridge or board, reset the cards or restart the computer; if it repeats, ask the maker</source>
        <translation>请检查 NVLink 桥或主板，重置显卡或重启电脑；如再次发生，请联系制造商</translation>
    </message>
    <message>
        <source>Restart the computer; if it repeats, check the card&apos;s seat, its power cables, the power supply and cooling</source>
        <translation>请重启电脑；如再次发生，请检查显卡是否插牢、电源线、电源和散热</translation>
    </message>
    <message>
        <source>Nothing now; if it goes on, ask the card&apos;s maker</source>
        <translation>目前无需处理；如持续出现，请联系显卡制造商</translation>
    </message>
    <message>
        <source>Start what was running again; the card is reset at the next restart of the computer</source>
        <translation>请重新启动原先运行的程序；下次重启电脑时会重置显卡</translation>
    </message>
    <message>
        <source>End what runs on the card and reset it, or restart the computer, before it is used again</source>
        <translation>再次使用前，请结束显卡上运行的程序并重置显卡，或重启电脑</translation>
    </message>
    <message>
        <source>Reset the card or restart the computer; if it repeats, update the driver</source>
        <translation>请重置显卡或重启电脑；如再次发生，请更新驱动程序</translation>
    </message>
    <message>
        <source>Reset the card or restart the computer, and update the driver</source>
        <translation>请重置显卡或重启电脑，并更新驱动程序</translation>
    </message>
    <message>
        <source>Nothing now; if it repeats, ask the computer&apos;s maker</source>
        <translation>目前无需处理；如再次发生，请联系电脑制造商</translation>
    </message>
    <message>
        <source>See which Xid came before; nvidia-smi -q names the recovery action that the card asks for</source>
        <translation>请查看此前出现的 Xid；nvidia-smi -q 会给出显卡要求的恢复操作</translation>
    </message>
    <message>
        <source>no kernels are built below SM 80 and there is no PTX to compile from; bfloat16 is refused</source>
        <translation>未构建 SM 80 以下的内核，也没有可供编译的 PTX；bfloat16 会被拒绝</translation>
    </message>
    <message>
        <source>SM 8.7 and 8.8 are not built</source>
        <translation>未构建 SM 8.7 和 8.8</translation>
    </message>
    <message>
        <source>the aarch64 build has no Ampere or Ada kernels</source>
        <translation>aarch64 版本没有 Ampere 或 Ada 内核</translation>
    </message>
    <message>
        <source>not built</source>
        <translation>未构建</translation>
    </message>
    <message>
        <source>SM 11.0 (Thor) is not built</source>
        <translation>未构建 SM 11.0（Thor）</translation>
    </message>
    <message>
        <source>there is no native Windows version of TensorRT-LLM 1.x</source>
        <translation>TensorRT-LLM 1.x 没有原生 Windows 版本</translation>
    </message>
    <message>
        <source>no kernels are built below SM 80</source>
        <translation>未构建 SM 80 以下的内核</translation>
    </message>
    <message>
        <source>WSL2 is mentioned once, for release 0.17, and not validated since</source>
        <translation>仅在 0.17 版中提到过 WSL2，此后未再验证</translation>
    </message>
    <message>
        <source>tensor parallelism over two cards fails on WSL2</source>
        <translation>在 WSL2 上，跨两张显卡的张量并行会失败</translation>
    </message>
    <message>
        <source>below the lowest CUDA 12 target</source>
        <translation>低于 CUDA 12 的最低目标</translation>
    </message>
    <message>
        <source>only builds with CUDA 12 have code for it; CUDA 13 dropped these cards</source>
        <translation>只有 CUDA 12 版本有适用的代码；CUDA 13 已放弃这些显卡</translation>
    </message>
    <message>
        <source>documented per SM, not for MLA; block reuse and chunked prefill are off on 12.1</source>
        <translation>按 SM 列出，但不含 MLA；在 12.1 上，块复用和分块预填充已关闭</translation>
    </message>
    <message>
        <source>no FP8 tensor cores; not in NVIDIA&apos;s matrix</source>
        <translation>没有 FP8 Tensor Core；不在 NVIDIA 的支持矩阵中</translation>
    </message>
    <message>
        <source>no FP8 tensor cores</source>
        <translation>没有 FP8 Tensor Core</translation>
    </message>
    <message>
        <source>the code accepts this SM, NVIDIA&apos;s matrix does not list it</source>
        <translation>代码接受此 SM，但 NVIDIA 的支持矩阵未列出</translation>
    </message>
    <message>
        <source>Unsupported SM version for FP8 block scaling GEMM</source>
        <translation>“Unsupported SM version for FP8 block scaling GEMM”</translation>
    </message>
    <message>
        <source>the code accepts SM 8.9, NVIDIA&apos;s matrix does not list it</source>
        <translation>代码接受 SM 8.9，但 NVIDIA 的支持矩阵未列出</translation>
    </message>
    <message>
        <source>the code accepts SM 12.0, NVIDIA&apos;s matrix does not list it</source>
        <translation>代码接受 SM 12.0，但 NVIDIA 的支持矩阵未列出</translation>
    </message>
    <message>
        <source>the Python side asks for exactly 120 and takes another path on 12.1</source>
        <translation>Python 端只认 120，在 12.1 上走另一条路径</translation>
    </message>
    <message>
        <source>Unsupported SM version for FP8 block scaling MoEGEMM</source>
        <translation>“Unsupported SM version for FP8 block scaling MoEGEMM”</translation>
    </message>
    <message>
        <source>NotImplementedError: SM121 is not supported</source>
        <translation>“NotImplementedError: SM121 is not supported”</translation>
    </message>
    <message>
        <source>Arch unsupported for CUTLASS FP4 GEMM</source>
        <translation>“Arch unsupported for CUTLASS FP4 GEMM”</translation>
    </message>
    <message>
        <source>the 16-bit-activation kernel for MXFP4 experts exists only for SM 9.0</source>
        <translation>MXFP4 专家的 16 位激活内核只适用于 SM 9.0</translation>
    </message>
    <message>
        <source>dense MXFP4 is accepted on SM 10.0 and 10.3 only</source>
        <translation>稠密 MXFP4 只在 SM 10.0 和 10.3 上被接受</translation>
    </message>
    <message>
        <source>the code runs Ampere kernels there, NVIDIA&apos;s matrix does not list it</source>
        <translation>代码会在其上运行 Ampere 内核，但 NVIDIA 的支持矩阵未列出</translation>
    </message>
    <message>
        <source>4-bit weights with FP8 activations need SM 8.9</source>
        <translation>4 位权重配 FP8 激活需要 SM 8.9</translation>
    </message>
    <message>
        <source>in the kernel table of the CUTLASS experts only</source>
        <translation>只在 CUTLASS 专家的内核表中</translation>
    </message>
    <message>
        <source>Arch unsupported for CUTLASS int8 GEMM</source>
        <translation>“Arch unsupported for CUTLASS int8 GEMM”</translation>
    </message>
    <message>
        <source>the PyTorch backend does not read GGUF files</source>
        <translation>PyTorch 后端不读取 GGUF 文件</translation>
    </message>
    <message>
        <source>bitsandbytes checkpoints are taken for unquantised and fail on their tensors</source>
        <translation>bitsandbytes 检查点会被当作未量化，并在其张量上失败</translation>
    </message>
    <message>
        <source>FP8 needs SM 8.9</source>
        <translation>FP8 需要 SM 8.9</translation>
    </message>
    <message>
        <source>FP4 needs Blackwell</source>
        <translation>FP4 需要 Blackwell</translation>
    </message>
    <message>
        <source>since March 2026; native FP4 path on SM 12.x</source>
        <translation>自 2026 年 3 月起支持；在 SM 12.x 上有原生 FP4 路径</translation>
    </message>
    <message>
        <source>ggml has no such type; convert to GGUF first</source>
        <translation>ggml 没有此类型；请先转换为 GGUF</translation>
    </message>
    <message>
        <source>the NVFP4 cache runs on SM 10.0 and 10.3 only</source>
        <translation>NVFP4 缓存只能在 SM 10.0 和 10.3 上运行</translation>
    </message>
    <message>
        <source>the NVFP4 cache needs FP8 weights</source>
        <translation>NVFP4 缓存需要 FP8 权重</translation>
    </message>
    <message>
        <source>a cache format of llama.cpp</source>
        <translation>llama.cpp 的缓存格式</translation>
    </message>
    <message>
        <source>the compiled backend needs SM 8.9 for FP8</source>
        <translation>编译后端的 FP8 需要 SM 8.9</translation>
    </message>
    <message>
        <source>only in builds with GGML_CUDA_FA_ALL_QUANTS; without it attention falls back to the processor</source>
        <translation>只在启用 GGML_CUDA_FA_ALL_QUANTS 的版本中可用；否则注意力计算会退回处理器</translation>
    </message>
    <message>
        <source>llama.cpp has no such cache type</source>
        <translation>llama.cpp 没有此缓存类型</translation>
    </message>
    <message>
        <source>may be newer than 1.2.1</source>
        <translation>可能比 1.2.1 新</translation>
    </message>
    <message>
        <source>registered under DeciLMForCausalLM</source>
        <translation>以 DeciLMForCausalLM 的名称注册</translation>
    </message>
    <message>
        <source>not listed</source>
        <translation>未列出</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>registered</source>
        <translation>已注册</translation>
    </message>
    <message>
        <source>needs a checkpoint calibrated for this cache</source>
        <translation>需要针对此缓存校准过的检查点</translation>
    </message>
    <message>
        <source>TensorRT-LLM does not read GGUF files</source>
        <translation>TensorRT-LLM 不读取 GGUF 文件</translation>
    </message>
    <message>
        <source>taken for unquantised, then fails</source>
        <translation>会被当作未量化，然后失败</translation>
    </message>
    <message>
        <source>compiled from weights of 16 bits only</source>
        <translation>只能从 16 位权重编译</translation>
    </message>
    <message>
        <source>compiled engines ended with 1.2</source>
        <translation>编译型引擎到 1.2 为止</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>plan</source>
        <translation>规划</translation>
    </message>
    <message>
        <source>fetch</source>
        <translation>获取</translation>
    </message>
    <message>
        <source>quantise</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>convert</source>
        <translation>转换</translation>
    </message>
    <message>
        <source>compile</source>
        <translation>编译</translation>
    </message>
    <message>
        <source>configure</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>trial</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>seal</source>
        <translation>封存</translation>
    </message>
    <message>
        <source>environment</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>resolve</source>
        <translation>解析</translation>
    </message>
    <message>
        <source>download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>install</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>record</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>probe</source>
        <translation>检测</translation>
    </message>
    <message>
        <source>wait</source>
        <translation>等待显卡</translation>
    </message>
    <message>
        <source>smoke</source>
        <translation>冒烟测试</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>embeddings</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>ranking</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>expiry</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>tensors</source>
        <translation>个张量</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>个键</translation>
    </message>
    <message>
        <source>dimensions</source>
        <translation>个维度</translation>
    </message>
    <message>
        <source>array items</source>
        <translation>个数组项</translation>
    </message>
    <message>
        <source>text bytes</source>
        <translation>个文本字节</translation>
    </message>
    <message>
        <source>experimental</source>
        <translation>属于实验性支持</translation>
    </message>
    <message>
        <source>untested</source>
        <translation>未经测试</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>已安装</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation>不完整</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>unreachable</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>the Hugging Face Hub</source>
        <translation>Hugging Face Hub</translation>
    </message>
    <message>
        <source>what is included</source>
        <translation>内置内容</translation>
    </message>
    <message>
        <source>the settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>a file of your own</source>
        <translation>自有文件</translation>
    </message>
    <message>
        <source>another place</source>
        <translation>其他位置</translation>
    </message>
    <message>
        <source>outside the shared cache</source>
        <translation>共享缓存之外</translation>
    </message>
    <message>
        <source>requests per minute</source>
        <translation>请求/分钟</translation>
    </message>
    <message>
        <source>tokens per day</source>
        <translation>token/天</translation>
    </message>
    <message>
        <source>joules per day</source>
        <translation>焦耳/天</translation>
    </message>
    <message>
        <source>context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>requests at once</source>
        <translation>并发请求数</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>format of the cache</source>
        <translation>缓存格式</translation>
    </message>
    <message>
        <source>wish</source>
        <translation>偏好</translation>
    </message>
    <message>
        <source>number of cards</source>
        <translation>显卡数量</translation>
    </message>
    <message>
        <source>tokens in the cache</source>
        <translation>缓存中的 token 数</translation>
    </message>
    <message>
        <source>streams at once</source>
        <translation>并发流数</translation>
    </message>
    <message>
        <source>tokens of the prompt</source>
        <translation>提示词的 token 数</translation>
    </message>
    <message>
        <source>engines</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>use</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>the package indexes</source>
        <translation>软件包索引</translation>
    </message>
    <message>
        <source>nothing, for it is empty</source>
        <translation>空内容（文件为空）</translation>
    </message>
    <message>
        <source>exit code {0}</source>
        <translation>退出码 {0}</translation>
    </message>
    <message>
        <source>signal {0}</source>
        <translation>信号 {0}</translation>
    </message>
    <message>
        <source>process {0}</source>
        <translation>进程 {0}</translation>
    </message>
    <message>
        <source>a program (pid</source>
        <translation>某个程序 (pid</translation>
    </message>
    <message>
        <source>; it has ended, and the driver still lists it</source>
        <translation>；已结束，但驱动程序仍列出它</translation>
    </message>
</context>
<context>
    <name>titles</name>
    <message>
        <source>Engineroom</source>
        <translation>Engineroom</translation>
    </message>
    <message>
        <source>{model}: {state}</source>
        <translation>{model}：{state}</translation>
    </message>
</context>
<context>
    <name>units</name>
    <message>
        <source>{share} %</source>
        <translation>{share}%</translation>
    </message>
    <message>
        <source>not reported</source>
        <translation>未报告</translation>
    </message>
    <message>
        <source>{size} GiB</source>
        <translation>{size} GiB</translation>
    </message>
    <message>
        <source>{size} MiB</source>
        <translation>{size} MiB</translation>
    </message>
    <message>
        <source>{used} of {total}</source>
        <translation>{used} / {total}</translation>
    </message>
    <message>
        <source>{size} GB</source>
        <translation>{size} GB</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <source>{size} kB</source>
        <translation>{size} kB</translation>
    </message>
    <message>
        <source>{size} bytes</source>
        <translation>{size} 字节</translation>
    </message>
    <message>
        <source>{power} W</source>
        <translation>{power} W</translation>
    </message>
    <message>
        <source>{degrees} °C</source>
        <translation>{degrees} °C</translation>
    </message>
    <message>
        <source>{rate} tok/s</source>
        <translation>{rate} tok/s</translation>
    </message>
    <message>
        <source>{time} ms</source>
        <translation>{time} ms</translation>
    </message>
    <message>
        <source>{time} s</source>
        <translation>{time} 秒</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>{s} s</source>
        <translation>{s} 秒</translation>
    </message>
    <message>
        <source>{m} min {s} s</source>
        <translation>{m} 分 {s} 秒</translation>
    </message>
    <message>
        <source>{m} min</source>
        <translation>{m} 分钟</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h} 小时 {m} 分</translation>
    </message>
    <message>
        <source>{h} h</source>
        <translation>{h} 小时</translation>
    </message>
    <message>
        <source>{number} B parameters</source>
        <translation>{number} B 参数</translation>
    </message>
    <message>
        <source>{number} M parameters</source>
        <translation>{number} M 参数</translation>
    </message>
    <message>
        <source>{clock} MHz</source>
        <translation>{clock} MHz</translation>
    </message>
    <message>
        <source>{rate} GB/s</source>
        <translation>{rate} GB/s</translation>
    </message>
    <message>
        <source>{energy} MJ</source>
        <translation>{energy} MJ</translation>
    </message>
    <message>
        <source>{energy} kJ</source>
        <translation>{energy} kJ</translation>
    </message>
    <message>
        <source>{energy} J</source>
        <translation>{energy} J</translation>
    </message>
    <message>
        <source>{energy} kWh</source>
        <translation>{energy} kWh</translation>
    </message>
    <message>
        <source>{energy} Wh</source>
        <translation>{energy} Wh</translation>
    </message>
    <message>
        <source>{amount} {currency}</source>
        <translation>{amount} {currency}</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low}–{high}</translation>
    </message>
    <message>
        <source>{s} s ago</source>
        <translation>{s} 秒前</translation>
    </message>
    <message>
        <source>{m} min {s} s ago</source>
        <translation>{m} 分 {s} 秒前</translation>
    </message>
    <message>
        <source>{h} h {m} min ago</source>
        <translation>{h} 小时 {m} 分前</translation>
    </message>
    <message>
        <source>{d} d {h} h ago</source>
        <translation>{d} 天 {h} 小时前</translation>
    </message>
    <message>
        <source>last five minutes</source>
        <translation>最近五分钟</translation>
    </message>
    <message>
        <source>last hour</source>
        <translation>最近一小时</translation>
    </message>
    <message>
        <source>last 24 hours</source>
        <translation>最近 24 小时</translation>
    </message>
    <message>
        <source>last {n} days</source>
        <translation>最近 {n} 天</translation>
    </message>
</context>
<context>
    <name>welcome</name>
    <message>
        <source>The engine room does not answer yet; this fills by itself.</source>
        <translation>引擎室尚未响应；内容会自动显示。</translation>
    </message>
    <message>
        <source>{memory} of memory</source>
        <translation>内存 {memory}</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>CUDA up to {version}</source>
        <translation>CUDA 最高 {version}</translation>
    </message>
    <message>
        <source>{memory} of memory, shared with the processor</source>
        <translation>内存 {memory}，与处理器共享</translation>
    </message>
    <message>
        <source>Simulated card</source>
        <translation>模拟显卡</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Serving</source>
        <translation>服务中</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Check file</source>
        <translation>检查文件</translation>
    </message>
    <message>
        <source>Load weights</source>
        <translation>加载权重</translation>
    </message>
    <message>
        <source>Warm up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Looking for NVIDIA cards</source>
        <translation>正在查找 NVIDIA 显卡</translation>
    </message>
    <message>
        <source>This takes a moment.</source>
        <translation>这需要片刻。</translation>
    </message>
    <message>
        <source>NVIDIA driver works</source>
        <translation>NVIDIA 驱动程序工作正常</translation>
    </message>
    <message>
        <source>The NVIDIA driver sees no card</source>
        <translation>NVIDIA 驱动程序未检测到显卡</translation>
    </message>
    <message>
        <source>Check that the card sits firmly and has its power cable, then restart the computer.</source>
        <translation>请检查显卡是否插牢、电源线是否接好，然后重启电脑。</translation>
    </message>
    <message>
        <source>No NVIDIA driver on this machine</source>
        <translation>此机器上没有 NVIDIA 驱动程序</translation>
    </message>
    <message>
        <source>With an NVIDIA card, install its driver and restart. Without one, models run on the CPU.</source>
        <translation>如有 NVIDIA 显卡，请安装驱动程序并重启。没有显卡时，模型在 CPU 上运行。</translation>
    </message>
    <message>
        <source>The NVIDIA driver is installed but not loaded</source>
        <translation>NVIDIA 驱动程序已安装但未加载</translation>
    </message>
    <message>
        <source>Restart the computer; with Secure Boot, the driver module must be signed.</source>
        <translation>请重启电脑；启用安全启动时，驱动模块必须经过签名。</translation>
    </message>
    <message>
        <source>NVIDIA driver and library are of different versions</source>
        <translation>NVIDIA 驱动程序与库的版本不同</translation>
    </message>
    <message>
        <source>The driver was updated while running: restart the computer.</source>
        <translation>驱动程序在运行期间更新过：请重启电脑。</translation>
    </message>
    <message>
        <source>No permission to ask the NVIDIA driver</source>
        <translation>无权查询 NVIDIA 驱动程序</translation>
    </message>
    <message>
        <source>Give your user access to the /dev/nvidia devices.</source>
        <translation>请为当前用户授予访问 /dev/nvidia 设备的权限。</translation>
    </message>
    <message>
        <source>The NVIDIA card sleeps</source>
        <translation>NVIDIA 显卡处于休眠</translation>
    </message>
    <message>
        <source>It is suspended to save power, and is not woken to be read.</source>
        <translation>显卡为省电而挂起，不会为读取数据而唤醒。</translation>
    </message>
    <message>
        <source>The NVIDIA driver does not answer</source>
        <translation>NVIDIA 驱动程序没有响应</translation>
    </message>
    <message>
        <source>Restart the computer; if it stays so, install the driver again.</source>
        <translation>请重启电脑；如仍如此，请重新安装驱动程序。</translation>
    </message>
    <message>
        <source>Runs on the CPU ({runtime})</source>
        <translation>在 CPU 上运行（{runtime}）</translation>
    </message>
    <message>
        <source>Runs on {device} ({runtime})</source>
        <translation>在 {device} 上运行（{runtime}）</translation>
    </message>
    <message>
        <source>{count} tokens, set by the settings</source>
        <translation>{count} token，由设置决定</translation>
    </message>
    <message>
        <source>{count} tokens, the most this model knows</source>
        <translation>{count} token，此模型的上限</translation>
    </message>
    <message>
        <source>{count} tokens, less than asked for: there was no room for more</source>
        <translation>{count} token，少于要求：没有更多空间</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} token</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>1 core</source>
        <translation>1 核</translation>
    </message>
    <message>
        <source>{n} cores</source>
        <translation>{n} 核</translation>
    </message>
    <message>
        <source>{cores}, {threads} threads</source>
        <translation>{cores} {threads} 线程</translation>
    </message>
    <message>
        <source>no counter that may be read</source>
        <translation>没有可读取的计数器</translation>
    </message>
    <message>
        <source>counter of the processor (RAPL)</source>
        <translation>处理器计数器（RAPL）</translation>
    </message>
    <message>
        <source>{card} #{number}</source>
        <translation>{card} #{number}</translation>
    </message>
    <message>
        <source>#{number}  {card}</source>
        <translation>#{number}  {card}</translation>
    </message>
    <message>
        <source>Nothing measured yet</source>
        <translation>尚无测量数据</translation>
    </message>
    <message>
        <source>It appears here with the first readings.</source>
        <translation>有了最初的读数后会显示在这里。</translation>
    </message>
    <message>
        <source>The engine room is not connected.</source>
        <translation>引擎室未连接。</translation>
    </message>
    <message>
        <source>This card does not report its power</source>
        <translation>此显卡不报告功耗</translation>
    </message>
    <message>
        <source>Some laptop and virtual cards have no power sensor that the driver may read.</source>
        <translation>部分笔记本显卡和虚拟显卡没有驱动程序可读取的功耗传感器。</translation>
    </message>
    <message>
        <source>The CPU power counter gives no reading yet</source>
        <translation>CPU 功耗计数器尚无读数</translation>
    </message>
    <message>
        <source>It appears here as soon as there are two readings.</source>
        <translation>有两次读数后即会出现在这里。</translation>
    </message>
    <message>
        <source>No NVIDIA card and no readable CPU power counter on this machine</source>
        <translation>此机器上没有 NVIDIA 显卡，也没有可读取的 CPU 功耗计数器</translation>
    </message>
    <message>
        <source>On bare metal, let your user read /sys/class/powercap (RAPL). Virtual machines have none.</source>
        <translation>在物理机上，请允许当前用户读取 /sys/class/powercap（RAPL）。虚拟机没有此项。</translation>
    </message>
</context>
</TS>
