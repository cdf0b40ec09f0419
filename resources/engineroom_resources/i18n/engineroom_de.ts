<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>AccountCard</name>
    <message>
        <source>Access token …</source>
        <translation>Zugriffstoken …</translation>
    </message>
    <message>
        <source>Hugging Face Hub</source>
        <translation>Hugging Face Hub</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Wird ermittelt …</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Gefragt wird</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Zugriffstoken</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Derzeit</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>online</source>
        <translation>online</translation>
    </message>
</context>
<context>
    <name>AddressField</name>
    <message>
        <source>Base URL for OpenAI clients</source>
        <translation>Basisadresse für OpenAI-Clients</translation>
    </message>
    <message>
        <source>OpenAI base URL</source>
        <translation>OpenAI-Basisadresse</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>No address while the engine room does not answer</source>
        <translation>Keine Adresse, solange der Maschinenraum nicht antwortet</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>Answer</name>
    <message>
        <source>What the model thought</source>
        <translation>Gedanken des Modells</translation>
    </message>
    <message>
        <source>Thinking …</source>
        <translation>Denkt nach …</translation>
    </message>
    <message>
        <source>what the model thought</source>
        <translation>Gedanken des Modells</translation>
    </message>
    <message>
        <source>Waiting for the first token …</source>
        <translation>Wartet auf das erste Token …</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>Antwort kopieren</translation>
    </message>
    <message>
        <source>Ask this again</source>
        <translation>Noch einmal fragen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>AskBar</name>
    <message>
        <source>Your question</source>
        <translation>Eigene Frage</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter begins a new line, Escape stops the answer</source>
        <translation>Eingabe sendet, Umschalt+Eingabe beginnt eine neue Zeile, Esc bricht die Antwort ab</translation>
    </message>
    <message>
        <source>Attach a picture</source>
        <translation>Bild anhängen</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>This is no picture that can be read, or it is too large.</source>
        <translation>Dieses Bild ist nicht lesbar oder zu groß.</translation>
    </message>
    <message>
        <source>At most {count} pictures go with a question.</source>
        <translation>Zu einer Frage gehören höchstens {count} Bilder.</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.gif *.bmp)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.webp *.gif *.bmp)</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Antwort abbrechen</translation>
    </message>
</context>
<context>
    <name>Attention</name>
    <message>
        <source>Something unexpected happened in this window: {what}</source>
        <translation>In diesem Fenster ist etwas Unerwartetes passiert: {what}</translation>
    </message>
    <message>
        <source>{model}: {what}</source>
        <translation>{model}: {what}</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>End them</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Connecting to the engine room …</source>
        <translation>Verbindung zum Maschinenraum wird aufgebaut …</translation>
    </message>
    <message>
        <source>Starting the engine room …</source>
        <translation>Maschinenraum wird gestartet …</translation>
    </message>
    <message>
        <source>Restart this window</source>
        <translation>Fenster neu starten</translation>
    </message>
    <message>
        <source>Start it there</source>
        <translation>Dort starten</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Nothing of ours is left to end. The memory is free once the driver has taken it back.</source>
        <translation>Von uns läuft nichts mehr, was beendet werden könnte. Der Speicher ist frei, sobald der Treiber ihn zurückgenommen hat.</translation>
    </message>
    <message>
        <source>Connection to the engine room lost. {what} This window reconnects by itself.</source>
        <translation>Verbindung zum Maschinenraum verloren. {what} Dieses Fenster verbindet sich von selbst wieder.</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Restart engine room</source>
        <translation>Maschinenraum neu starten</translation>
    </message>
</context>
<context>
    <name>Background</name>
    <message>
        <source>This computer may fall asleep while a model is served, for it could not be kept awake: {why}</source>
        <translation>Dieser Computer könnte einschlafen, während ein Modell läuft, denn er ließ sich nicht wach halten: {why}</translation>
    </message>
    <message>
        <source>Press the icon to open the window again; its menu has Quit. Engines go on either way.</source>
        <translation>Ein Klick auf das Symbol öffnet das Fenster wieder; sein Menü enthält „Beenden“. Engines laufen so oder so weiter.</translation>
    </message>
    <message>
        <source>Engineroom stays in the tray</source>
        <translation>Engineroom bleibt im Infobereich</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Mend this</source>
        <translation>Beheben</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>Meldung ausblenden</translation>
    </message>
</context>
<context>
    <name>BuildAsk</name>
    <message>
        <source>Model to build an engine of</source>
        <translation>Modell, aus dem eine Engine gebaut wird</translation>
    </message>
    <message>
        <source>A model, such as Qwen/Qwen3-8B</source>
        <translation>Modell, etwa Qwen/Qwen3-8B</translation>
    </message>
    <message>
        <source>Context in tokens</source>
        <translation>Kontext in Token</translation>
    </message>
    <message>
        <source>Context: as planned</source>
        <translation>Kontext: wie geplant</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>Anfragen gleichzeitig</translation>
    </message>
    <message>
        <source>At once: 1</source>
        <translation>Gleichzeitig: 1</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Präzision</translation>
    </message>
    <message>
        <source>Precision: as planned</source>
        <translation>Präzision: wie geplant</translation>
    </message>
    <message>
        <source>&amp;Plan first</source>
        <translation>Erst p&amp;lanen</translation>
    </message>
    <message>
        <source>&amp;Build</source>
        <translation>&amp;Bauen</translation>
    </message>
</context>
<context>
    <name>BuildList</name>
    <message>
        <source>Builds</source>
        <translation>Bauten</translation>
    </message>
</context>
<context>
    <name>CaptureCard</name>
    <message>
        <source>For how long</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation>{count} Minuten</translation>
    </message>
    <message>
        <source>Write them down</source>
        <translation>Mitschreiben</translation>
    </message>
    <message>
        <source>Prompts and answers</source>
        <translation>Prompts und Antworten</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>They are not being kept. To find a fault they can be written to a file that only you can read.</source>
        <translation>Sie werden nicht aufbewahrt. Zur Fehlersuche können sie in eine Datei geschrieben werden, die nur das eigene Konto lesen kann.</translation>
    </message>
    <message>
        <source>They are being written to {path}.</source>
        <translation>Sie werden in {path} geschrieben.</translation>
    </message>
</context>
<context>
    <name>CardText</name>
    <message>
        <source>Model card</source>
        <translation>Model Card</translation>
    </message>
</context>
<context>
    <name>ChartBoard</name>
    <message>
        <source>Time shown</source>
        <translation>Gezeigter Zeitraum</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 min</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 h</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30 d</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>Token pro Sekunde</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Card memory</source>
        <translation>Kartenspeicher</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>all requests</source>
        <translation>alle Anfragen</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>Zeitverlauf</translation>
    </message>
    <message>
        <source>its memory</source>
        <translation>ihren Speicher</translation>
    </message>
    <message>
        <source>its temperature</source>
        <translation>ihre Temperatur</translation>
    </message>
    <message>
        <source>The past could not be read</source>
        <translation>Der bisherige Verlauf konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>Reading the past …</source>
        <translation>Bisheriger Verlauf wird gelesen …</translation>
    </message>
    <message>
        <source>No tokens in the {span}</source>
        <translation>Keine Token {span}</translation>
    </message>
    <message>
        <source>Serve a model and ask it something; the rate is drawn here.</source>
        <translation>Ein Modell starten und etwas fragen; die Rate erscheint hier.</translation>
    </message>
    <message>
        <source>No card here reports {what}</source>
        <translation>Keine Karte meldet hier {what}</translation>
    </message>
    <message>
        <source>Some laptop and virtual cards keep it from the driver.</source>
        <translation>Manche Laptop- und virtuellen Karten halten es vor dem Treiber zurück.</translation>
    </message>
    <message>
        <source>Nothing was recorded in the {span}</source>
        <translation>Nichts aufgezeichnet {span}</translation>
    </message>
    <message>
        <source>It fills up while the engine room runs.</source>
        <translation>Es füllt sich, während der Maschinenraum läuft.</translation>
    </message>
</context>
<context>
    <name>ChatHead</name>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Compare two models</source>
        <translation>Zwei Modelle vergleichen</translation>
    </message>
    <message>
        <source>How answers are made</source>
        <translation>Wie Antworten entstehen</translation>
    </message>
</context>
<context>
    <name>ChatList</name>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Delete this chat</source>
        <translation>Chat löschen</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Keep chats on this computer</source>
        <translation>Chats hier behalten</translation>
    </message>
    <message>
        <source>No chats yet</source>
        <translation>Noch keine Chats</translation>
    </message>
    <message>
        <source>They could not be written to {folder}: {why}.</source>
        <translation>Sie konnten nicht in {folder} geschrieben werden: {why}.</translation>
    </message>
    <message>
        <source>Written to {folder}, unencrypted; only your user can read it.</source>
        <translation>Unverschlüsselt in {folder}; nur das eigene Konto kann sie lesen.</translation>
    </message>
    <message>
        <source>They are forgotten when this window closes; nothing is written.</source>
        <translation>Sie sind vergessen, sobald dieses Fenster schließt; nichts wird geschrieben.</translation>
    </message>
</context>
<context>
    <name>ChatOptions</name>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>How freely words are chosen; 0 always takes the likeliest.</source>
        <translation>Wie frei Wörter gewählt werden; 0 nimmt stets das wahrscheinlichste.</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Only the likeliest words that make up this share are chosen from.</source>
        <translation>Nur aus den wahrscheinlichsten Wörtern, die zusammen diesen Anteil ausmachen, wird gewählt.</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Only so many of the likeliest words are chosen from; 0 takes all.</source>
        <translation>Nur aus so vielen der wahrscheinlichsten Wörter wird gewählt; 0 nimmt alle.</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Words less likely than this share of the likeliest are left out.</source>
        <translation>Wörter, die unter diesem Anteil des wahrscheinlichsten liegen, entfallen.</translation>
    </message>
    <message>
        <source>Most tokens</source>
        <translation>Höchstzahl Token</translation>
    </message>
    <message>
        <source>The answer is cut off after so many tokens.</source>
        <translation>Die Antwort wird nach so vielen Token abgeschnitten.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>The same seed gives the same answer, where the runtime can do that.</source>
        <translation>Derselbe Seed ergibt dieselbe Antwort, sofern die Runtime das kann.</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation>Als Vorgabe sichern</translation>
    </message>
    <message>
        <source>Delete this preset</source>
        <translation>Vorgabe löschen</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>System-Prompt</translation>
    </message>
    <message>
        <source>What the model is told before the conversation</source>
        <translation>Was das Modell vor dem Gespräch erfährt</translation>
    </message>
    <message>
        <source>engine&apos;s own</source>
        <translation>wie die Engine</translation>
    </message>
    <message>
        <source>How answers are made</source>
        <translation>Wie Antworten entstehen</translation>
    </message>
    <message>
        <source>The engine&apos;s own</source>
        <translation>Wie die Engine</translation>
    </message>
    <message>
        <source>Precise</source>
        <translation>Präzise</translation>
    </message>
    <message>
        <source>Creative</source>
        <translation>Kreativ</translation>
    </message>
    <message>
        <source>Repeatable</source>
        <translation>Wiederholbar</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
</context>
<context>
    <name>ChatPane</name>
    <message>
        <source>{model}, not here</source>
        <translation>{model}, nicht hier</translation>
    </message>
    <message>
        <source>Model to ask</source>
        <translation>Zu fragendes Modell</translation>
    </message>
    <message>
        <source>Compare no longer</source>
        <translation>Nicht mehr vergleichen</translation>
    </message>
    <message>
        <source>Answering …</source>
        <translation>Antwortet …</translation>
    </message>
</context>
<context>
    <name>ChatWelcome</name>
    <message>
        <source>This chat uses the same address as any other program. What is asked goes nowhere else.</source>
        <translation>Dieser Chat nutzt dieselbe Adresse wie jedes andere Programm. Fragen gehen nirgendwo sonst hin.</translation>
    </message>
    <message>
        <source>What is the capital of France?</source>
        <translation>Was ist die Hauptstadt von Frankreich?</translation>
    </message>
    <message>
        <source>Explain in two sentences why the sky is blue.</source>
        <translation>Erkläre kurz, warum der Himmel blau ist.</translation>
    </message>
    <message>
        <source>Write a short poem about an engine room.</source>
        <translation>Ein Kurzgedicht über einen Maschinenraum.</translation>
    </message>
    <message>
        <source>Ask {first} and {second}</source>
        <translation>{first} und {second} fragen</translation>
    </message>
    <message>
        <source>Ask {first}</source>
        <translation>{first} fragen</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>Copy the code</source>
        <translation>Code kopieren</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Code in {language}</source>
        <translation>Code in {language}</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>ConnectAsk</name>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>The other computer is reached through an SSH tunnel. This address works on this computer, and as long as this window is open.</source>
        <translation>Der andere Computer ist über einen SSH-Tunnel erreichbar. Diese Adresse gilt auf diesem Computer und solange dieses Fenster offen ist.</translation>
    </message>
    <message>
        <source>Known once the engine room answers</source>
        <translation>Bekannt, sobald der Maschinenraum antwortet</translation>
    </message>
    <message>
        <source>YOUR_KEY</source>
        <translation>SCHLÜSSEL</translation>
    </message>
    <message>
        <source>This computer: {address}</source>
        <translation>Dieser Computer: {address}</translation>
    </message>
    <message>
        <source>Tunnel of this window to {machine}: {address}</source>
        <translation>Tunnel dieses Fensters zu {machine}: {address}</translation>
    </message>
    <message>
        <source>Other computers: {address}</source>
        <translation>Andere Computer: {address}</translation>
    </message>
    <message>
        <source>Enter a key</source>
        <translation>Schlüssel eingeben</translation>
    </message>
    <message>
        <source>Not needed here</source>
        <translation>Hier nicht nötig</translation>
    </message>
</context>
<context>
    <name>ConnectGuide</name>
    <message>
        <source>{name} cannot ask this computer.</source>
        <translation>{name} kann diesen Computer nicht fragen.</translation>
    </message>
    <message>
        <source>In the shell it starts from: trust the certificate</source>
        <translation>In der Shell, aus der es startet: dem Zertifikat vertrauen</translation>
    </message>
</context>
<context>
    <name>ConnectPage</name>
    <message>
        <source>Programs</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Find a program</source>
        <translation>Programm suchen</translation>
    </message>
    <message>
        <source>The engine room is not running.</source>
        <translation>Der Maschinenraum läuft nicht.</translation>
    </message>
    <message>
        <source>Once it answers, each program&apos;s settings stand here, for its address and models.</source>
        <translation>Sobald er antwortet, stehen hier die Einstellungen für jedes Programm, mit seiner Adresse und seinen Modellen.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Wird ermittelt …</translation>
    </message>
    <message>
        <source>No program is called like this.</source>
        <translation>Kein Programm heißt so.</translation>
    </message>
    <message>
        <source>Any program that speaks an OpenAI-compatible interface can use the address.</source>
        <translation>Jedes Programm mit OpenAI-kompatibler Schnittstelle kann die Adresse nutzen.</translation>
    </message>
</context>
<context>
    <name>DecisionList</name>
    <message>
        <source>Unloaded and turned away</source>
        <translation>Entladen und abgewiesen</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>This window ended unexpectedly last time; nothing else was harmed. The note is in {path}.</source>
        <translation>Dieses Fenster endete beim letzten Mal unerwartet; sonst kam nichts zu Schaden. Die Notiz liegt in {path}.</translation>
    </message>
    <message>
        <source>Write a support file</source>
        <translation>Supportdatei schreiben</translation>
    </message>
</context>
<context>
    <name>Dial</name>
    <message>
        <source>Largest that fits: {value}</source>
        <translation>Passt bis {value}</translation>
    </message>
    <message>
        <source>Nothing fits</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>Largest: not known</source>
        <translation>Passt bis: unbekannt</translation>
    </message>
    <message>
        <source>{caption}: {what}</source>
        <translation>{caption}: {what}</translation>
    </message>
</context>
<context>
    <name>DiskGauge</name>
    <message>
        <source>Models {used}</source>
        <translation>Modelle {used}</translation>
    </message>
    <message>
        <source>Models {used}, {free} free</source>
        <translation>Modelle {used}, {free} frei</translation>
    </message>
    <message>
        <source>Models are kept in {path}</source>
        <translation>Modelle liegen in {path}</translation>
    </message>
</context>
<context>
    <name>DownloadList</name>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
</context>
<context>
    <name>DownloadRow</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Cancel, and delete what has arrived: {subject}</source>
        <translation>Abbrechen und löschen, was schon da ist: {subject}</translation>
    </message>
    <message>
        <source>Cancel: {subject}</source>
        <translation>Abbrechen: {subject}</translation>
    </message>
    <message>
        <source>Show no longer: {subject}</source>
        <translation>Nicht mehr anzeigen: {subject}</translation>
    </message>
</context>
<context>
    <name>EnergyCard</name>
    <message>
        <source>Energy</source>
        <translation>Energie</translation>
    </message>
    <message>
        <source>Energy of the last 30 days</source>
        <translation>Energie der letzten 30 Tage</translation>
    </message>
    <message>
        <source>Grouped</source>
        <translation>Gruppierung</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>Nach Modell</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Nach Tag</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Export the energy records to a file</source>
        <translation>Energiedaten in eine Datei exportieren</translation>
    </message>
    <message>
        <source>last 30 days</source>
        <translation>letzte 30 Tage</translation>
    </message>
    <message>
        <source>Nothing measured yet</source>
        <translation>Noch nichts gemessen</translation>
    </message>
    <message>
        <source>The engine room is not connected.</source>
        <translation>Der Maschinenraum ist nicht verbunden.</translation>
    </message>
    <message>
        <source>The energy table could not be read</source>
        <translation>Die Energietabelle konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>Reading the energy table …</source>
        <translation>Energietabelle wird gelesen …</translation>
    </message>
    <message>
        <source>No request was answered in the last 30 days</source>
        <translation>In den letzten 30 Tagen wurde keine Anfrage beantwortet</translation>
    </message>
    <message>
        <source>Serve a model and ask it something; what it costs is listed here.</source>
        <translation>Ein Modell starten und etwas fragen; was es kostet, steht dann hier.</translation>
    </message>
    <message>
        <source>Unloading the model saves about {power} while nobody asks.</source>
        <translation>Das Modell zu entladen spart etwa {power}, solange niemand fragt.</translation>
    </message>
    <message>
        <source>≈ is estimated from power readings, give or take 10 %.</source>
        <translation>≈ ist aus Leistungsmesswerten geschätzt, auf etwa 10 % genau.</translation>
    </message>
    <message>
        <source>No card or processor here reports its energy.</source>
        <translation>Weder Karte noch Prozessor meldet hier den Energieverbrauch.</translation>
    </message>
    <message>
        <source>Cost at {price} per kWh.</source>
        <translation>Kosten bei {price} pro kWh.</translation>
    </message>
</context>
<context>
    <name>EnergyExport</name>
    <message>
        <source>Table for a spreadsheet (*.csv)</source>
        <translation>Tabelle für Kalkulation (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Export the energy records</source>
        <translation>Energiedaten exportieren</translation>
    </message>
    <message>
        <source>{path} could not be written: {reason}.</source>
        <translation>{path} konnte nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>Saved to {path}.</source>
        <translation>Gesichert in {path}.</translation>
    </message>
    <message>
        <source>The records could not be read. {why}</source>
        <translation>Die Daten konnten nicht gelesen werden. {why}</translation>
    </message>
</context>
<context>
    <name>EngineCard</name>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>Nothing to serve</source>
        <translation>Nichts zu starten</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Chat with this model</source>
        <translation>Mit diesem Modell chatten</translation>
    </message>
    <message>
        <source>Log of this engine</source>
        <translation>Protokoll dieser Engine</translation>
    </message>
    <message>
        <source>Tokens/s now</source>
        <translation>Token/s jetzt</translation>
    </message>
    <message>
        <source>Last answer</source>
        <translation>Letzte Antwort</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>Erstes Token</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Per token</source>
        <translation>Pro Token</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Last start: {text}</source>
        <translation>Letzter Start: {text}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Serve</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Stop serving {model}</source>
        <translation>{model} stoppen</translation>
    </message>
    <message>
        <source>Serve {model}</source>
        <translation>{model} starten</translation>
    </message>
</context>
<context>
    <name>EngineExport</name>
    <message>
        <source>Export the engine</source>
        <translation>Engine exportieren</translation>
    </message>
</context>
<context>
    <name>EngineFacts</name>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>Gleichzeitig</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Runs with {runtime}. Device, context and memory are known once it serves.</source>
        <translation>Läuft mit {runtime}. Gerät, Kontext und Speicher sind bekannt, sobald es läuft.</translation>
    </message>
    <message>
        <source>one request</source>
        <translation>eine Anfrage</translation>
    </message>
    <message>
        <source>{count} requests</source>
        <translation>{count} Anfragen</translation>
    </message>
    <message>
        <source>{slots}, one CPU thread</source>
        <translation>{slots}, ein CPU-Thread</translation>
    </message>
    <message>
        <source>{slots}, {count} CPU threads</source>
        <translation>{slots}, {count} CPU-Threads</translation>
    </message>
</context>
<context>
    <name>EngineKeeping</name>
    <message>
        <source>Let go of {model}</source>
        <translation>{model} lösen</translation>
    </message>
    <message>
        <source>Keep {model} loaded</source>
        <translation>{model} geladen halten</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anpinnen</translation>
    </message>
    <message>
        <source>It may be unloaded again when it is idle.</source>
        <translation>Es darf im Leerlauf wieder entladen werden.</translation>
    </message>
    <message>
        <source>It is not unloaded for being idle, and makes room for no other.</source>
        <translation>Es wird im Leerlauf nicht entladen und macht für kein anderes Platz.</translation>
    </message>
</context>
<context>
    <name>EnginePane</name>
    <message>
        <source>simulated</source>
        <translation>simuliert</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>&amp;Serve</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>Build &amp;again</source>
        <translation>&amp;Neu bauen</translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>&amp;Prüfen</translation>
    </message>
    <message>
        <source>&amp;Export …</source>
        <translation>&amp;Exportieren …</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Trial run</source>
        <translation>Probelauf</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Planned (estimate)</source>
        <translation>Geplant (Schätzung)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Runtime</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Präzision</translation>
    </message>
    <message>
        <source>Cache format</source>
        <translation>Cache-Format</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} Token</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>Anfragen gleichzeitig</translation>
    </message>
    <message>
        <source>Called a tool</source>
        <translation>Rief ein Tool auf</translation>
    </message>
    <message>
        <source>Kept to a schema</source>
        <translation>Hielt ein Schema ein</translation>
    </message>
    <message>
        <source>Built</source>
        <translation>Gebaut</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>Belegt</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>nicht versucht</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Compare with …</source>
        <translation>Vergleichen mit …</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Im Vergleich</translation>
    </message>
</context>
<context>
    <name>EnginesPage</name>
    <message>
        <source>Engines</source>
        <translation>Engines</translation>
    </message>
    <message>
        <source>The engine room is not running.</source>
        <translation>Der Maschinenraum läuft nicht.</translation>
    </message>
    <message>
        <source>It builds engines and keeps them. Once it answers, they stand here.</source>
        <translation>Er baut Engines und bewahrt sie auf. Sobald er antwortet, stehen sie hier.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Wird ermittelt …</translation>
    </message>
    <message>
        <source>No engine was built here yet.</source>
        <translation>Hier wurde noch keine Engine gebaut.</translation>
    </message>
    <message>
        <source>An engine is a model made ready for this card by TensorRT-LLM, tried and measured. Name a model above; GGUF models are served without being built.</source>
        <translation>Eine Engine ist ein Modell, das TensorRT-LLM für diese Karte vorbereitet hat, erprobt und gemessen. Oben ein Modell nennen; GGUF-Modelle laufen ohne Bau.</translation>
    </message>
    <message>
        <source>Reading every file …</source>
        <translation>Alle Dateien werden gelesen …</translation>
    </message>
    <message>
        <source>Remove {engine}? It takes its trial run with it; the model stays.</source>
        <translation>{engine} entfernen? Ihr Probelauf geht mit; das Modell bleibt.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Build it all the same</source>
        <translation>Trotzdem bauen</translation>
    </message>
    <message>
        <source>Every file is as it was when the engine was sealed.</source>
        <translation>Jede Datei ist wie beim Versiegeln der Engine.</translation>
    </message>
    <message>
        <source>These files are not as they were: {files}. Build it again.</source>
        <translation>Diese Dateien sind verändert: {files}. Neu bauen.</translation>
    </message>
    <message>
        <source>Saved to {path}, {size}.</source>
        <translation>Gesichert in {path}, {size}.</translation>
    </message>
</context>
<context>
    <name>Estimate</name>
    <message>
        <source>no estimate</source>
        <translation>keine Schätzung</translation>
    </message>
    <message>
        <source>{caption}, measured here: {value}</source>
        <translation>{caption}, hier gemessen: {value}</translation>
    </message>
    <message>
        <source>{caption}, estimate: {value}</source>
        <translation>{caption}, geschätzt: {value}</translation>
    </message>
</context>
<context>
    <name>FindingCard</name>
    <message>
        <source>Do it all the same</source>
        <translation>Trotzdem ausführen</translation>
    </message>
    <message>
        <source>{engine}: {what}</source>
        <translation>{engine}: {what}</translation>
    </message>
    <message>
        <source>{engine} failed, and why is not known: {what}</source>
        <translation>{engine} ist aus unbekanntem Grund fehlgeschlagen: {what}</translation>
    </message>
    <message>
        <source>It would do this:</source>
        <translation>Das würde getan:</translation>
    </message>
    <message>
        <source>Done:</source>
        <translation>Erledigt:</translation>
    </message>
    <message>
        <source>What would it do?</source>
        <translation>Was würde getan?</translation>
    </message>
    <message>
        <source>Do it</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>Seite öffnen</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>End {program}</source>
        <translation>{program} beenden</translation>
    </message>
    <message>
        <source>Copied, to be run in a terminal: {command}</source>
        <translation>Kopiert, im Terminal auszuführen: {command}</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
</context>
<context>
    <name>FoundList</name>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
</context>
<context>
    <name>FoundStep</name>
    <message>
        <source>Engineroom serves language models on this computer, to programs on this computer.</source>
        <translation>Engineroom betreibt Sprachmodelle auf diesem Computer, für Programme auf diesem Computer.</translation>
    </message>
    <message>
        <source>What this computer has</source>
        <translation>Was dieser Computer hat</translation>
    </message>
    <message>
        <source>Looking for NVIDIA cards …</source>
        <translation>NVIDIA-Karten werden gesucht …</translation>
    </message>
</context>
<context>
    <name>GpuCard</name>
    <message>
        <source>VRAM</source>
        <translation>VRAM</translation>
    </message>
    <message>
        <source>Shared memory</source>
        <translation>Gemeinsamer Speicher</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Temp</source>
        <translation>Temp.</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simuliert</translation>
    </message>
    <message>
        <source>Power limit {limit}</source>
        <translation>Leistungsgrenze {limit}</translation>
    </message>
</context>
<context>
    <name>GpuPanel</name>
    <message>
        <source>Memory, shared with the computer</source>
        <translation>Speicher, mit dem Computer geteilt</translation>
    </message>
    <message>
        <source>VRAM</source>
        <translation>VRAM</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>Clocks, SM / memory</source>
        <translation>Takt, SM / Speicher</translation>
    </message>
    <message>
        <source>Fan</source>
        <translation>Lüfter</translation>
    </message>
    <message>
        <source>P-state</source>
        <translation>P-State</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>und {n} weitere</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simuliert</translation>
    </message>
    <message>
        <source>unified memory</source>
        <translation>Unified Memory</translation>
    </message>
    <message>
        <source>Who holds the memory: not reported</source>
        <translation>Wer den Speicher belegt: nicht gemeldet</translation>
    </message>
    <message>
        <source>No program holds memory of this card</source>
        <translation>Kein Programm belegt Speicher dieser Karte</translation>
    </message>
</context>
<context>
    <name>HabitsMenu</name>
    <message>
        <source>&amp;By itself</source>
        <translation>A&amp;utomatik</translation>
    </message>
    <message>
        <source>&amp;Start with the session</source>
        <translation>&amp;Mit der Sitzung starten</translation>
    </message>
    <message>
        <source>Closing &amp;leaves it in the tray</source>
        <translation>Schließen lässt es im &amp;Infobereich</translation>
    </message>
    <message>
        <source>&amp;Tell when long work ends</source>
        <translation>&amp;Ende langer Arbeiten melden</translation>
    </message>
    <message>
        <source>Stay a&amp;wake while a model is served</source>
        <translation>&amp;Wach bleiben, solange ein Modell läuft</translation>
    </message>
    <message>
        <source>This desktop has no tray.</source>
        <translation>Diese Arbeitsumgebung hat keinen Infobereich.</translation>
    </message>
    <message>
        <source>This needs systemd-inhibit, which is not here.</source>
        <translation>Das braucht systemd-inhibit, das es hier nicht gibt.</translation>
    </message>
    <message>
        <source>Starting with the session could not be set: {why}</source>
        <translation>Der Start mit der Sitzung konnte nicht eingestellt werden: {why}</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Show the log</source>
        <translation>Protokoll anzeigen</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Connection lost</source>
        <translation>Verbindung verloren</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>Läuft nicht</translation>
    </message>
    <message>
        <source>Not compatible</source>
        <translation>Nicht kompatibel</translation>
    </message>
    <message>
        <source>Did not start</source>
        <translation>Nicht gestartet</translation>
    </message>
    <message>
        <source>Colours: {choice}</source>
        <translation>Farben: {choice}</translation>
    </message>
    <message>
        <source>as the system</source>
        <translation>wie das System</translation>
    </message>
    <message>
        <source>light</source>
        <translation>hell</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>dunkel</translation>
    </message>
    <message>
        <source>high contrast, light</source>
        <translation>hoher Kontrast, hell</translation>
    </message>
    <message>
        <source>high contrast, dark</source>
        <translation>hoher Kontrast, dunkel</translation>
    </message>
</context>
<context>
    <name>HomeCharts</name>
    <message>
        <source>Tokens per second</source>
        <translation>Token pro Sekunde</translation>
    </message>
    <message>
        <source>all requests</source>
        <translation>alle Anfragen</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Nothing measured yet</source>
        <translation>Noch nichts gemessen</translation>
    </message>
    <message>
        <source>The engine room is not connected.</source>
        <translation>Der Maschinenraum ist nicht verbunden.</translation>
    </message>
    <message>
        <source>The model is being loaded</source>
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>The rate of all requests is drawn here.</source>
        <translation>Die Rate aller Anfragen erscheint hier.</translation>
    </message>
    <message>
        <source>No tokens in the last five minutes</source>
        <translation>Keine Token in den letzten fünf Minuten</translation>
    </message>
    <message>
        <source>Ask something in the chat, or point a client at the address above.</source>
        <translation>Im Chat etwas fragen oder einen Client auf die Adresse oben richten.</translation>
    </message>
    <message>
        <source>No model is being served</source>
        <translation>Kein Modell läuft</translation>
    </message>
    <message>
        <source>Press Serve; the rate of all requests is drawn here.</source>
        <translation>„Starten“ drücken; die Rate aller Anfragen erscheint hier.</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Recommended for this computer</source>
        <translation>Empfohlen für diesen Computer</translation>
    </message>
</context>
<context>
    <name>HostCard</name>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>CPU power</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
</context>
<context>
    <name>HostPanel</name>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>{driver}, CUDA up to {cuda}</source>
        <translation>{driver}, CUDA bis {cuda}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>NVIDIA driver</source>
        <translation>NVIDIA-Treiber</translation>
    </message>
    <message>
        <source>CPU power</source>
        <translation>CPU-Leistung</translation>
    </message>
</context>
<context>
    <name>KeySection</name>
    <message>
        <source>I have it</source>
        <translation>Notiert</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name, such as laptop</source>
        <translation>Name, etwa laptop</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models: all of them</source>
        <translation>Modelle: alle</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>Days: for ever</source>
        <translation>Tage: unbegrenzt</translation>
    </message>
    <message>
        <source>Requests per minute</source>
        <translation>Anfragen pro Minute</translation>
    </message>
    <message>
        <source>Requests per minute: any</source>
        <translation>Anfragen/Minute: beliebig</translation>
    </message>
    <message>
        <source>Tokens per day</source>
        <translation>Token pro Tag</translation>
    </message>
    <message>
        <source>Tokens per day: any</source>
        <translation>Token/Tag: beliebig</translation>
    </message>
    <message>
        <source>Joules per day</source>
        <translation>Joule pro Tag</translation>
    </message>
    <message>
        <source>Joules per day: any</source>
        <translation>Joule/Tag: beliebig</translation>
    </message>
    <message>
        <source>&amp;Make the key</source>
        <translation>Schlüssel a&amp;nlegen</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Wird ermittelt …</translation>
    </message>
    <message>
        <source>There are no keys.</source>
        <translation>Es gibt keine Schlüssel.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>Revoke {name}</source>
        <translation>{name} widerrufen</translation>
    </message>
    <message>
        <source>revoked</source>
        <translation>widerrufen</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>bis {day}</translation>
    </message>
    <message>
        <source>models {models}</source>
        <translation>Modelle {models}</translation>
    </message>
    <message>
        <source>routes {routes}</source>
        <translation>Routen {routes}</translation>
    </message>
    <message>
        <source>{count} requests a minute</source>
        <translation>{count} Anfragen pro Minute</translation>
    </message>
    <message>
        <source>{count} tokens a day</source>
        <translation>{count} Token pro Tag</translation>
    </message>
    <message>
        <source>{count} J a day</source>
        <translation>{count} J pro Tag</translation>
    </message>
    <message>
        <source>today {tokens} tokens, {joules} J</source>
        <translation>heute {tokens} Token, {joules} J</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>A new key</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>Routes; none chosen means all:</source>
        <translation>Routen; ohne Auswahl gelten alle:</translation>
    </message>
    <message>
        <source>This is the only time it is shown.</source>
        <translation>Er wird nur dieses eine Mal gezeigt.</translation>
    </message>
    <message>
        <source>Days, requests, tokens and joules are numbers, or empty.</source>
        <translation>Tage, Anfragen, Token und Joule sind Zahlen oder leer.</translation>
    </message>
    <message>
        <source>Key {name}</source>
        <translation>Schlüssel {name}</translation>
    </message>
    <message>
        <source>Revoke {name}? Programs that use it are refused from now on.</source>
        <translation>{name} widerrufen? Programme, die ihn nutzen, werden ab sofort abgewiesen.</translation>
    </message>
</context>
<context>
    <name>LastRequest</name>
    <message>
        <source>Last request</source>
        <translation>Letzte Anfrage</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>Erstes Token</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Tokens in / out</source>
        <translation>Token ein / aus</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>All requests</source>
        <translation>Alle Anfragen</translation>
    </message>
    <message>
        <source>{prompt} / {completion}</source>
        <translation>{prompt} / {completion}</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>beantwortet</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>abgebrochen</translation>
    </message>
</context>
<context>
    <name>ListEmpty</name>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
</context>
<context>
    <name>LogDrawer</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <translation>Noch nichts geschrieben.</translation>
    </message>
    <message>
        <source>&amp;Follow</source>
        <translation>&amp;Folgen</translation>
    </message>
    <message>
        <source>Follow new lines</source>
        <translation>Neuen Zeilen folgen</translation>
    </message>
    <message>
        <source>Close the log</source>
        <translation>Protokoll schließen</translation>
    </message>
    <message>
        <source>({count} lines were missed here)</source>
        <translation>({count} Zeilen gingen hier verloren)</translation>
    </message>
</context>
<context>
    <name>LogSave</name>
    <message>
        <source>Save the log</source>
        <translation>Protokoll sichern</translation>
    </message>
    <message>
        <source>{path} could not be written: {reason}.</source>
        <translation>{path} konnte nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>Saved to {path}.</source>
        <translation>Gesichert in {path}.</translation>
    </message>
</context>
<context>
    <name>LogTools</name>
    <message>
        <source>Written by</source>
        <translation>Geschrieben von</translation>
    </message>
    <message>
        <source>All of them</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation>Im Protokoll suchen</translation>
    </message>
    <message>
        <source>&amp;Follow</source>
        <translation>&amp;Folgen</translation>
    </message>
    <message>
        <source>Follow new lines</source>
        <translation>Neuen Zeilen folgen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Copy the chosen lines, or all that are listed</source>
        <translation>Ausgewählte oder alle gelisteten Zeilen kopieren</translation>
    </message>
    <message>
        <source>Save the lines that are listed</source>
        <translation>Die gelisteten Zeilen sichern</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Log lines</source>
        <translation>Protokollzeilen</translation>
    </message>
</context>
<context>
    <name>LogsPage</name>
    <message>
        <source>Copied: {count} lines.</source>
        <translation>Kopiert: {count} Zeilen.</translation>
    </message>
    <message>
        <source>{rows} of {total} lines</source>
        <translation>{rows} von {total} Zeilen</translation>
    </message>
    <message>
        <source>; {count} were missed, because they came too fast</source>
        <translation>; {count} gingen verloren, weil sie zu schnell kamen</translation>
    </message>
    <message>
        <source>; paused, new lines wait</source>
        <translation>; pausiert, neue Zeilen warten</translation>
    </message>
    <message>
        <source>Engines and the engine room write here.</source>
        <translation>Hier schreiben die Engines und der Maschinenraum.</translation>
    </message>
    <message>
        <source>No line is like this.</source>
        <translation>Keine Zeile passt.</translation>
    </message>
    <message>
        <source>Look for other words, or at all levels.</source>
        <translation>Andere Wörter oder alle Stufen versuchen.</translation>
    </message>
    <message>
        <source>The engine room is not running.</source>
        <translation>Der Maschinenraum läuft nicht.</translation>
    </message>
    <message>
        <source>Once it answers, its lines stand here.</source>
        <translation>Sobald er antwortet, stehen seine Zeilen hier.</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <translation>Noch nichts geschrieben.</translation>
    </message>
</context>
<context>
    <name>LookCard</name>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast, light</source>
        <translation>Hoher Kontrast, hell</translation>
    </message>
    <message>
        <source>High contrast, dark</source>
        <translation>Hoher Kontrast, dunkel</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Restart this window</source>
        <translation>Fenster neu starten</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>Dieses Fenster</translation>
    </message>
    <message>
        <source>The window speaks it after it was closed and opened again.</source>
        <translation>Sie gilt, sobald das Fenster geschlossen und wieder geöffnet wurde.</translation>
    </message>
</context>
<context>
    <name>MachineCard</name>
    <message>
        <source>as of {time}</source>
        <translation>Stand {time}</translation>
    </message>
</context>
<context>
    <name>MachineChip</name>
    <message>
        <source>Another computer: {name}</source>
        <translation>Anderer Computer: {name}</translation>
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
        <translation>Protokoll ausblenden</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>Protokoll anzeigen</translation>
    </message>
</context>
<context>
    <name>MarkdownText</name>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Open link</source>
        <translation>Link öffnen</translation>
    </message>
    <message>
        <source>Open this address in the browser?</source>
        <translation>Diese Adresse im Browser öffnen?</translation>
    </message>
</context>
<context>
    <name>MemoryBar</name>
    <message>
        <source>ours</source>
        <translation>eigene</translation>
    </message>
    <message>
        <source>used</source>
        <translation>belegt</translation>
    </message>
    <message>
        <source>others</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>free</source>
        <translation>frei</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Connect to another computer</source>
        <translation>Mit anderem Computer verbinden</translation>
    </message>
    <message>
        <source>Its name, as ssh takes it: host or user@host</source>
        <translation>Sein Name, wie ssh ihn nimmt: Host oder Benutzer@Host</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Write a support file</source>
        <translation>Supportdatei schreiben</translation>
    </message>
    <message>
        <source>About Engineroom</source>
        <translation>Über Engineroom</translation>
    </message>
    <message>
        <source>Engineroom {version}</source>
        <translation>Engineroom {version}</translation>
    </message>
    <message>
        <source>Sees the machine, serves a model, shows what it costs.</source>
        <translation>Kennt die Maschine, betreibt ein Modell, zeigt, was es kostet.</translation>
    </message>
    <message>
        <source>Licence: Apache 2.0. Made with Qt {qt} (LGPL 3) and Python {python}.</source>
        <translation>Lizenz: Apache 2.0. Gemacht mit Qt {qt} (LGPL 3) und Python {python}.</translation>
    </message>
    <message>
        <source>The support file is {path}. Secrets are taken out; look into it before you pass it on.</source>
        <translation>Die Supportdatei ist {path}. Geheimnisse sind entfernt; vor dem Weitergeben hineinsehen.</translation>
    </message>
    <message>
        <source>The support file could not be written: {why}</source>
        <translation>Die Supportdatei konnte nicht geschrieben werden: {why}</translation>
    </message>
    <message>
        <source>&amp;Serve or stop</source>
        <translation>&amp;Starten oder stoppen</translation>
    </message>
    <message>
        <source>&amp;Copy the address</source>
        <translation>&amp;Adresse kopieren</translation>
    </message>
    <message>
        <source>&amp;New chat</source>
        <translation>&amp;Neuer Chat</translation>
    </message>
    <message>
        <source>&amp;Ask</source>
        <translation>&amp;Fragen</translation>
    </message>
    <message>
        <source>Show or hide the &amp;log</source>
        <translation>&amp;Protokoll ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Fold the s&amp;idebar</source>
        <translation>Seiten&amp;leiste einklappen</translation>
    </message>
    <message>
        <source>Change c&amp;olours</source>
        <translation>Fa&amp;rben wechseln</translation>
    </message>
    <message>
        <source>Connect to another co&amp;mputer …</source>
        <translation>Mit anderem &amp;Computer verbinden …</translation>
    </message>
    <message>
        <source>Firs&amp;t steps</source>
        <translation>Ers&amp;te Schritte</translation>
    </message>
    <message>
        <source>Abo&amp;ut Engineroom</source>
        <translation>Ü&amp;ber Engineroom</translation>
    </message>
    <message>
        <source>Write a support &amp;file …</source>
        <translation>Support&amp;datei schreiben …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>B&amp;eenden</translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>Get</source>
        <translation>Holen</translation>
    </message>
    <message>
        <source>Open plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Serve the one here</source>
        <translation>Das hiesige starten</translation>
    </message>
    <message>
        <source>Open page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Remove …</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>Ways to have it</source>
        <translation>Varianten</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>Model Card</translation>
    </message>
    <message>
        <source>Looking at its files …</source>
        <translation>Dateien werden angesehen …</translation>
    </message>
    <message>
        <source>Runs on {runtime}, which cannot be started from here yet; GGUF files can.</source>
        <translation>Läuft mit {runtime}, das sich von hier noch nicht starten lässt; GGUF-Dateien schon.</translation>
    </message>
    <message>
        <source>Being served</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Serve</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Asking the Hub …</source>
        <translation>Hub wird gefragt …</translation>
    </message>
    <message>
        <source>Open the licence page</source>
        <translation>Lizenzseite öffnen</translation>
    </message>
    <message>
        <source>Access token …</source>
        <translation>Zugriffstoken …</translation>
    </message>
    <message>
        <source>Open its page</source>
        <translation>Seine Seite öffnen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Its licence has to be accepted on its page first, with the account of your access token.</source>
        <translation>Seine Lizenz muss zuerst auf seiner Seite angenommen werden, mit dem Konto des Zugriffstokens.</translation>
    </message>
    <message>
        <source>Choose a model to see more of it.</source>
        <translation>Ein Modell auswählen, um mehr davon zu sehen.</translation>
    </message>
</context>
<context>
    <name>ModelList</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>Model: one of the list, a path, or a hub id</source>
        <translation>Modell: eines der Liste, ein Pfad oder eine Hub-ID</translation>
    </message>
    <message>
        <source>A model of the list, a folder or file, or owner/name on the hub</source>
        <translation>Modell der Liste, Ordner, Datei oder owner/name im Hub</translation>
    </message>
</context>
<context>
    <name>ModelReadme</name>
    <message>
        <source>Show the model card</source>
        <translation>Model Card anzeigen</translation>
    </message>
    <message>
        <source>Asks the Hub for it</source>
        <translation>Fragt den Hub danach</translation>
    </message>
    <message>
        <source>Reading the model card …</source>
        <translation>Model Card wird gelesen …</translation>
    </message>
    <message>
        <source>No model card came with it.</source>
        <translation>Es kam keine Model Card mit.</translation>
    </message>
    <message>
        <source>This is the beginning of a long card; its page has all of it.</source>
        <translation>Das ist der Anfang einer langen Model Card; seine Seite zeigt sie ganz.</translation>
    </message>
</context>
<context>
    <name>ModelToolbar</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>Empfohlen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Zweck</translation>
    </message>
    <message>
        <source>Any use</source>
        <translation>Jeder Zweck</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Any files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Trending</source>
        <translation>Im Trend</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Likes</source>
        <translation>Likes</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neueste</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>Aktualisiert</translation>
    </message>
    <message>
        <source>Access token …</source>
        <translation>Zugriffstoken …</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>Nach Namen filtern</translation>
    </message>
    <message>
        <source>Search the Hub, or paste owner/name or an address</source>
        <translation>Im Hub suchen oder owner/name oder eine Adresse einfügen</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import a model from this computer</source>
        <translation>Modell von diesem Computer importieren</translation>
    </message>
    <message>
        <source>GGUF &amp;file …</source>
        <translation>&amp;GGUF-Datei …</translation>
    </message>
    <message>
        <source>F&amp;older …</source>
        <translation>&amp;Ordner …</translation>
    </message>
</context>
<context>
    <name>ModelsDeeds</name>
    <message>
        <source>Remove {name}?</source>
        <translation>{name} entfernen?</translation>
    </message>
    <message>
        <source>Its files are deleted, and {size} come free.</source>
        <translation>Seine Dateien werden gelöscht, und {size} werden frei.</translation>
    </message>
    <message>
        <source>It leaves this list. The file stays where it is: {path}</source>
        <translation>Es verlässt diese Liste. Die Datei bleibt, wo sie ist: {path}</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>It is being served. The engine is stopped first, and requests under way end. {more}</source>
        <translation>Es läuft gerade. Zuerst wird die Engine gestoppt, laufende Anfragen brechen ab. {more}</translation>
    </message>
    <message>
        <source>Stop the engine and remove</source>
        <translation>Engine stoppen und entfernen</translation>
    </message>
    <message>
        <source>{name} brings programs of its own.</source>
        <translation>{name} bringt eigene Programme mit.</translation>
    </message>
    <message>
        <source>They would run on this computer with your rights when the model is loaded. Read them on its page first. Only this very revision is allowed: {revision}.</source>
        <translation>Sie würden beim Laden des Modells auf diesem Computer mit den eigenen Rechten laufen. Vorher auf seiner Seite lesen. Erlaubt wird nur genau diese Revision: {revision}.</translation>
    </message>
    <message>
        <source>the newest</source>
        <translation>die neueste</translation>
    </message>
    <message>
        <source>Allow and get</source>
        <translation>Erlauben und holen</translation>
    </message>
    <message>
        <source>Import a GGUF file</source>
        <translation>GGUF-Datei importieren</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF-Modelle (*.gguf)</translation>
    </message>
    <message>
        <source>Import the GGUF files of a folder</source>
        <translation>GGUF-Dateien eines Ordners importieren</translation>
    </message>
    <message>
        <source>Nothing new: these models are in the list already.</source>
        <translation>Nichts Neues: Diese Modelle sind schon in der Liste.</translation>
    </message>
    <message>
        <source>Imported: {names}. The files stay where they are.</source>
        <translation>Importiert: {names}. Die Dateien bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>{model} was removed; {size} came free.</source>
        <translation>{model} wurde entfernt; {size} wurden frei.</translation>
    </message>
    <message>
        <source>{model} left the list; its file is where it was.</source>
        <translation>{model} hat die Liste verlassen; die Datei ist noch, wo sie war.</translation>
    </message>
    <message>
        <source>Offline: nothing is asked of the Hub or fetched; what is on this computer works.</source>
        <translation>Offline: Vom Hub wird nichts erfragt oder geholt; was auf diesem Computer ist, funktioniert.</translation>
    </message>
</context>
<context>
    <name>NoGpuCard</name>
    <message>
        <source>NVIDIA cards</source>
        <translation>NVIDIA-Karten</translation>
    </message>
    <message>
        <source>Shown as soon as the engine room answers.</source>
        <translation>Erscheinen, sobald der Maschinenraum antwortet.</translation>
    </message>
    <message>
        <source>The driver said: {line}</source>
        <translation>Der Treiber meldet: {line}</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simuliert</translation>
    </message>
</context>
<context>
    <name>Notifier</name>
    <message>
        <source>{subject} is done</source>
        <translation>Fertig: {subject}</translation>
    </message>
    <message>
        <source>{subject} did not succeed</source>
        <translation>Fehlgeschlagen: {subject}</translation>
    </message>
    <message>
        <source>{model} is being served</source>
        <translation>{model} läuft</translation>
    </message>
    <message>
        <source>{model} could not be loaded</source>
        <translation>{model} konnte nicht geladen werden</translation>
    </message>
</context>
<context>
    <name>Offers</name>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>Also suits this card</source>
        <translation>Passt auch zu dieser Karte</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>diesem Computer</translation>
    </message>
    <message>
        <source>No recommendation</source>
        <translation>Keine Empfehlung</translation>
    </message>
    <message>
        <source>Looking for what suits {card} …</source>
        <translation>Zu {card} wird Passendes gesucht …</translation>
    </message>
    <message>
        <source>Eighty models are planned for this card; nothing is downloaded.</source>
        <translation>Achtzig Modelle werden für diese Karte geplant; nichts wird heruntergeladen.</translation>
    </message>
    <message>
        <source>Nothing of the list fits {card}</source>
        <translation>Nichts aus der Liste passt auf {card}</translation>
    </message>
    <message>
        <source>On the page Models there are smaller ones, and on the page Plan what would make one fit.</source>
        <translation>Kleinere stehen auf der Seite „Modelle“, und die Seite „Plan“ zeigt, womit eines passen würde.</translation>
    </message>
    <message>
        <source>Estimates for this card with what it holds now.</source>
        <translation>Schätzungen für diese Karte mit dem, was sie jetzt belegt.</translation>
    </message>
    <message>
        <source>Small ones: how fast this processor would answer is not known before it was tried.</source>
        <translation>Kleine: Wie schnell dieser Prozessor antwortet, zeigt erst ein Versuch.</translation>
    </message>
    <message>
        <source>Also suits {card}</source>
        <translation>Passt auch zu {card}</translation>
    </message>
    <message>
        <source>Suits {card}</source>
        <translation>Passt zu {card}</translation>
    </message>
    <message>
        <source>See the plan</source>
        <translation>Plan ansehen</translation>
    </message>
    <message>
        <source>{count} more on the page Models.</source>
        <translation>{count} weitere auf der Seite „Modelle“.</translation>
    </message>
    <message>
        <source>Serve</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>This build may not work.</source>
        <translation>Dieser Build gelingt vielleicht nicht.</translation>
    </message>
    <message>
        <source>Build all the same</source>
        <translation>Trotzdem bauen</translation>
    </message>
</context>
<context>
    <name>PathLabel</name>
    <message>
        <source>Copy the path</source>
        <translation>Pfad kopieren</translation>
    </message>
</context>
<context>
    <name>PickCard</name>
    <message>
        <source>Memory (estimate)</source>
        <translation>Speicher (geschätzt)</translation>
    </message>
    <message>
        <source>Speed (estimate)</source>
        <translation>Tempo (geschätzt)</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Good for</source>
        <translation>Gut für</translation>
    </message>
    <message>
        <source>Serve the recommended model</source>
        <translation>Empfohlenes Modell starten</translation>
    </message>
    <message>
        <source>See the plan</source>
        <translation>Plan ansehen</translation>
    </message>
    <message>
        <source>See the plan of the recommended model</source>
        <translation>Plan des empfohlenen Modells ansehen</translation>
    </message>
    <message>
        <source>Recommended for {card}</source>
        <translation>Empfohlen für {card}</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
</context>
<context>
    <name>PickStep</name>
    <message>
        <source>Others can be had at any time on the page Models.</source>
        <translation>Andere gibt es jederzeit auf der Seite „Modelle“.</translation>
    </message>
    <message>
        <source>Choose a model to begin with</source>
        <translation>Ein Modell für den Anfang wählen</translation>
    </message>
    <message>
        <source>Recommended for {card}</source>
        <translation>Empfohlen für {card}</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Starter model</source>
        <translation>Startmodell</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>It came with Engineroom, so nothing is fetched: small, quick to start, good to try everything with.</source>
        <translation>Es kam mit Engineroom, also wird nichts geholt: klein, schnell gestartet, gut zum Ausprobieren.</translation>
    </message>
    <message>
        <source>It is on this computer, so nothing is fetched.</source>
        <translation>Es ist auf diesem Computer, also wird nichts geholt.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Serve</source>
        <translation>Starten</translation>
    </message>
</context>
<context>
    <name>PlaceButton</name>
    <message>
        <source>current page</source>
        <translation>aktuelle Seite</translation>
    </message>
</context>
<context>
    <name>PlanAsk</name>
    <message>
        <source>Card</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Number of cards</source>
        <translation>Anzahl der Karten</translation>
    </message>
    <message>
        <source>× {n}</source>
        <translation>× {n}</translation>
    </message>
    <message>
        <source>What matters most</source>
        <translation>Was am meisten zählt</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Präzision</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV-Cache</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Runtime</translation>
    </message>
    <message>
        <source>No NVIDIA card here. What if …</source>
        <translation>Keine NVIDIA-Karte hier. Was wäre mit …</translation>
    </message>
    <message>
        <source>Which card?</source>
        <translation>Welche Karte?</translation>
    </message>
    <message>
        <source>A card you don&apos;t own …</source>
        <translation>Nicht vorhandene Karte …</translation>
    </message>
    <message>
        <source>  ·  {n} GB</source>
        <translation>  ·  {n} GB</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>auto</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>Karten</translation>
    </message>
    <message>
        <source>What matters</source>
        <translation>Was zählt</translation>
    </message>
</context>
<context>
    <name>PlanBar</name>
    <message>
        <source>Memory of the card under this plan</source>
        <translation>Speicher der Karte nach diesem Plan</translation>
    </message>
    <message>
        <source>Free: {size}</source>
        <translation>Frei: {size}</translation>
    </message>
</context>
<context>
    <name>PlanEmpty</name>
    <message>
        <source>What would fit</source>
        <translation>Was passen würde</translation>
    </message>
    <message>
        <source>See the plan</source>
        <translation>Plan ansehen</translation>
    </message>
    <message>
        <source>From the list, for the card above; memory and speed are estimates.</source>
        <translation>Aus der Liste, für die Karte oben; Speicher und Tempo sind geschätzt.</translation>
    </message>
</context>
<context>
    <name>PlanListing</name>
    <message>
        <source>Reading the list of models …</source>
        <translation>Die Liste der Modelle wird gelesen …</translation>
    </message>
    <message>
        <source>The list of models could not be read. {what}</source>
        <translation>Die Liste der Modelle konnte nicht gelesen werden. {what}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
</context>
<context>
    <name>PlanPage</name>
    <message>
        <source>simulated card</source>
        <translation>simulierte Karte</translation>
    </message>
    <message>
        <source>what if: not your card</source>
        <translation>Gedankenspiel: keine eigene Karte</translation>
    </message>
    <message>
        <source>No plan without the engine room</source>
        <translation>Kein Plan ohne den Maschinenraum</translation>
    </message>
    <message>
        <source>It reads the model and does the arithmetic. Start it, and the picture appears here.</source>
        <translation>Er liest das Modell und rechnet. Ist er gestartet, erscheint hier das Bild.</translation>
    </message>
    <message>
        <source>Which model?</source>
        <translation>Welches Modell?</translation>
    </message>
    <message>
        <source>Enter a folder, a GGUF file, or owner/name of a hub.</source>
        <translation>Einen Ordner, eine GGUF-Datei oder owner/name eines Hubs eingeben.</translation>
    </message>
    <message>
        <source>Choose one of the list, or enter a folder, a GGUF file, or owner/name of a hub.</source>
        <translation>Eines der Liste wählen oder einen Ordner, eine GGUF-Datei oder owner/name eines Hubs eingeben.</translation>
    </message>
    <message>
        <source>Reading the model&apos;s description …</source>
        <translation>Beschreibung des Modells wird gelesen …</translation>
    </message>
    <message>
        <source>Only its metadata, never its weights.</source>
        <translation>Nur seine Metadaten, nie seine Gewichte.</translation>
    </message>
    <message>
        <source>Reading the list of models …</source>
        <translation>Die Liste der Modelle wird gelesen …</translation>
    </message>
    <message>
        <source>{card}: {free} of {total} free</source>
        <translation>{card}: {free} von {total} frei</translation>
    </message>
</context>
<context>
    <name>PlanPicture</name>
    <message>
        <source>The plan as a picture</source>
        <translation>Der Plan als Bild</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>Gleichzeitig</translation>
    </message>
    <message>
        <source>Context of one request in tokens</source>
        <translation>Kontext einer Anfrage in Token</translation>
    </message>
    <message>
        <source>Requests answered at once</source>
        <translation>Gleichzeitig beantwortete Anfragen</translation>
    </message>
    <message>
        <source>learned from {n} runs</source>
        <translation>aus {n} Läufen gelernt</translation>
    </message>
    <message>
        <source>usable {size}</source>
        <translation>nutzbar {size}</translation>
    </message>
    <message>
        <source>native {value}</source>
        <translation>nativ {value}</translation>
    </message>
</context>
<context>
    <name>PlanSpeed</name>
    <message>
        <source>Expected speed, estimates</source>
        <translation>Erwartetes Tempo, Schätzungen</translation>
    </message>
    <message>
        <source>Each answer</source>
        <translation>Jede Antwort</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>Alle zusammen</translation>
    </message>
    <message>
        <source>Reading the prompt</source>
        <translation>Prompt lesen</translation>
    </message>
    <message>
        <source>First token after</source>
        <translation>Erstes Token nach</translation>
    </message>
    <message>
        <source>Energy per token</source>
        <translation>Energie pro Token</translation>
    </message>
    <message>
        <source>Expected speed</source>
        <translation>Erwartetes Tempo</translation>
    </message>
    <message>
        <source>estimate</source>
        <translation>Schätzung</translation>
    </message>
    <message>
        <source>{n} at once</source>
        <translation>{n} gleichzeitig</translation>
    </message>
    <message>
        <source>with {n} tokens in the cache</source>
        <translation>mit {n} Token im Cache</translation>
    </message>
    <message>
        <source>each answer measured here, {n} times</source>
        <translation>jede Antwort hier gemessen, {n}-mal</translation>
    </message>
    <message>
        <source>rough: no such model was measured yet</source>
        <translation>grob: kein solches Modell wurde bisher gemessen</translation>
    </message>
    <message>
        <source>the llama.cpp that comes along runs on the CPU, far slower</source>
        <translation>das mitgelieferte llama.cpp läuft auf der CPU, viel langsamer</translation>
    </message>
</context>
<context>
    <name>PlanWays</name>
    <message>
        <source>What would make it fit</source>
        <translation>Womit es passen würde</translation>
    </message>
</context>
<context>
    <name>PlanWhy</name>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>the plan&apos;s reasons</source>
        <translation>Gründe des Plans</translation>
    </message>
    <message>
        <source>Why not another way</source>
        <translation>Warum nicht anders</translation>
    </message>
    <message>
        <source>the other candidates</source>
        <translation>die übrigen Kandidaten</translation>
    </message>
    <message>
        <source>The bill, line by line</source>
        <translation>Die Rechnung, Zeile für Zeile</translation>
    </message>
    <message>
        <source>memory per card</source>
        <translation>Speicher pro Karte</translation>
    </message>
    <message>
        <source>Serve configuration</source>
        <translation>Serve-Konfiguration</translation>
    </message>
    <message>
        <source>options of the runtime</source>
        <translation>Optionen der Runtime</translation>
    </message>
    <message>
        <source>The plan gives no reasons.</source>
        <translation>Der Plan nennt keine Gründe.</translation>
    </message>
</context>
<context>
    <name>ProbeCard</name>
    <message>
        <source>Live test</source>
        <translation>Live-Test</translation>
    </message>
    <message>
        <source>Stop the test</source>
        <translation>Test stoppen</translation>
    </message>
    <message>
        <source>&amp;Test it</source>
        <translation>&amp;Testen</translation>
    </message>
    <message>
        <source>Test the address</source>
        <translation>Adresse testen</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>Wird gefragt …</translation>
    </message>
    <message>
        <source>Sends a real question with a tool, in the interface of this program.</source>
        <translation>Sendet eine echte Frage mit einem Tool, über die Schnittstelle dieses Programms.</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>You: {text}</source>
        <translation>Frage: {text}</translation>
    </message>
    <message>
        <source>Change this question and ask again</source>
        <translation>Diese Frage ändern und neu stellen</translation>
    </message>
    <message>
        <source>Change the question</source>
        <translation>Frage ändern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Neu fragen</translation>
    </message>
</context>
<context>
    <name>ReachCard</name>
    <message>
        <source>Who can reach it</source>
        <translation>Wer sie erreichen kann</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Wird ermittelt …</translation>
    </message>
    <message>
        <source>this computer only</source>
        <translation>nur dieser Computer</translation>
    </message>
    <message>
        <source>the local network</source>
        <translation>das lokale Netzwerk</translation>
    </message>
    <message>
        <source>the internet, unless a firewall is between</source>
        <translation>das Internet, sofern keine Firewall dazwischen ist</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>Other computers</source>
        <translation>Andere Computer</translation>
    </message>
    <message>
        <source>not let in</source>
        <translation>nicht zugelassen</translation>
    </message>
    <message>
        <source>none: anybody on the way can read it</source>
        <translation>keine: Unterwegs kann jeder mitlesen</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>antwortet nicht</translation>
    </message>
</context>
<context>
    <name>RuntimeRow</name>
    <message>
        <source>default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Try it out</source>
        <translation>Erproben</translation>
    </message>
    <message>
        <source>Make it the default</source>
        <translation>Zum Standard machen</translation>
    </message>
    <message>
        <source>Install anew</source>
        <translation>Neu installieren</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>What its gate said</source>
        <translation>Ergebnis der Abnahme</translation>
    </message>
</context>
<context>
    <name>RuntimeSection</name>
    <message>
        <source>How it is installed</source>
        <translation>Art der Installation</translation>
    </message>
    <message>
        <source>As it suits this computer</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Version: the proven one</source>
        <translation>Version: die erprobte</translation>
    </message>
    <message>
        <source>Address of a server</source>
        <translation>Adresse eines Servers</translation>
    </message>
    <message>
        <source>&amp;Look first</source>
        <translation>&amp;Vorab prüfen</translation>
    </message>
    <message>
        <source>&amp;Install</source>
        <translation>&amp;Installieren</translation>
    </message>
    <message>
        <source>&amp;Attach</source>
        <translation>&amp;Anbinden</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Wird ermittelt …</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>TensorRT-LLM</source>
        <translation>TensorRT-LLM</translation>
    </message>
    <message>
        <source>It becomes the default only after its gate: it is asked for its version and options, serves, and calls a tool. Until then the runtime in use stays.</source>
        <translation>Es wird erst nach bestandener Abnahme zum Standard: Version und Optionen werden abgefragt, es startet ein Modell und ruft ein Tool auf. Bis dahin bleibt die bisherige Runtime.</translation>
    </message>
    <message>
        <source>Somebody else&apos;s server</source>
        <translation>Fremder Server</translation>
    </message>
    <message>
        <source>Any OpenAI-compatible server can be attached; Engineroom neither starts nor ends it.</source>
        <translation>Jeder OpenAI-kompatible Server lässt sich anbinden; Engineroom startet und beendet ihn nicht.</translation>
    </message>
    <message>
        <source>None yet. Install one, or attach a server, below.</source>
        <translation>Noch keine. Unten lässt sich eine installieren oder ein Server anbinden.</translation>
    </message>
    <message>
        <source>Remove {runtime}? Engines that were built with it can no longer be started.</source>
        <translation>{runtime} entfernen? Damit gebaute Engines lassen sich dann nicht mehr starten.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>RuntimeUpdates</name>
    <message>
        <source>This is Engineroom {version}. It looks for nothing by itself: the versions that it knows come with it, and nobody is asked before an update is begun.</source>
        <translation>Dies ist Engineroom {version}. Es sucht nichts von selbst: Die bekannten Versionen bringt es mit, und vor Beginn einer Aktualisierung wird niemand gefragt.</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Aktualisierungen</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>Aktuell</translation>
    </message>
    <message>
        <source>&amp;Update to {best}</source>
        <translation>Auf {best} akt&amp;ualisieren</translation>
    </message>
    <message>
        <source>Update TensorRT-LLM to {best}</source>
        <translation>TensorRT-LLM auf {best} aktualisieren</translation>
    </message>
    <message>
        <source>TensorRT-LLM {used} is in use; it is newer than {best}, which Engineroom knows best.</source>
        <translation>TensorRT-LLM {used} ist in Gebrauch; es ist neuer als {best}, die Version, die Engineroom am besten kennt.</translation>
    </message>
    <message>
        <source>TensorRT-LLM {used} is in use; it is the version that Engineroom knows best.</source>
        <translation>TensorRT-LLM {used} ist in Gebrauch; diese Version kennt Engineroom am besten.</translation>
    </message>
    <message>
        <source>TensorRT-LLM {used} is in use; Engineroom knows {best} best.</source>
        <translation>TensorRT-LLM {used} ist in Gebrauch; am besten kennt Engineroom {best}.</translation>
    </message>
    <message>
        <source>{best} is being installed and tried out; {used} stays in use until its gate has passed.</source>
        <translation>{best} wird installiert und erprobt; bis die Abnahme bestanden ist, bleibt {used} in Gebrauch.</translation>
    </message>
    <message>
        <source>{best} is installed, but its gate failed: {used} stays in use.</source>
        <translation>{best} ist installiert, hat die Abnahme aber nicht bestanden: {used} bleibt in Gebrauch.</translation>
    </message>
    <message>
        <source>{best} is installed and has passed its gate; it can be made the default above.</source>
        <translation>{best} ist installiert und hat die Abnahme bestanden; oben lässt es sich zum Standard machen.</translation>
    </message>
    <message>
        <source>{best} is installed, but not proved yet: {used} stays in use. It can be tried out above.</source>
        <translation>{best} ist installiert, aber noch nicht erprobt: {used} bleibt in Gebrauch. Oben lässt es sich erproben.</translation>
    </message>
</context>
<context>
    <name>ScaleSlider</name>
    <message>
        <source>Now {value}</source>
        <translation>Jetzt {value}</translation>
    </message>
    <message>
        <source>fits up to {value}</source>
        <translation>passt bis {value}</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Clear the words</source>
        <translation>Suchwörter löschen</translation>
    </message>
</context>
<context>
    <name>ServeConfig</name>
    <message>
        <source>Serve configuration</source>
        <translation>Serve-Konfiguration</translation>
    </message>
    <message>
        <source>Copy the serve configuration</source>
        <translation>Serve-Konfiguration kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>ServedStep</name>
    <message>
        <source>Open the chat</source>
        <translation>Chat öffnen</translation>
    </message>
    <message>
        <source>Connect a program</source>
        <translation>Programm verbinden</translation>
    </message>
    <message>
        <source>Your model is served here</source>
        <translation>Hier läuft das Modell</translation>
    </message>
    <message>
        <source>Give this address to any program that speaks to OpenAI, or ask the model right here.</source>
        <translation>Diese Adresse jedem Programm geben, das mit OpenAI spricht, oder das Modell gleich hier fragen.</translation>
    </message>
    <message>
        <source>Your model is being started</source>
        <translation>Das Modell wird gestartet</translation>
    </message>
    <message>
        <source>It needs a moment; everything else in this window can be used meanwhile.</source>
        <translation>Es braucht einen Moment; alles andere in diesem Fenster ist inzwischen nutzbar.</translation>
    </message>
    <message>
        <source>Your model did not start</source>
        <translation>Das Modell ist nicht gestartet</translation>
    </message>
    <message>
        <source>Below is why. Serve tries once more; Back leads to another model.</source>
        <translation>Unten steht, warum. „Starten“ versucht es noch einmal; „Zurück“ führt zu einem anderen Modell.</translation>
    </message>
    <message>
        <source>Your model is not served now</source>
        <translation>Das Modell läuft gerade nicht</translation>
    </message>
    <message>
        <source>Serve starts it; Back leads to another model.</source>
        <translation>„Starten“ startet es; „Zurück“ führt zu einem anderen Modell.</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>waits for a restart</source>
        <translation>wartet auf Neustart</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Sections</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>The engine room is not running.</source>
        <translation>Der Maschinenraum läuft nicht.</translation>
    </message>
    <message>
        <source>These settings are its own. Once it answers, they stand here.</source>
        <translation>Diese Einstellungen sind seine eigenen. Sobald er antwortet, stehen sie hier.</translation>
    </message>
    <message>
        <source>Serving</source>
        <translation>Betrieb</translation>
    </message>
    <message>
        <source>Fetching models</source>
        <translation>Modelle holen</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Port, network, web pages</source>
        <translation>Port, Netzwerk, Webseiten</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Who may come in</source>
        <translation>Wer herein darf</translation>
    </message>
    <message>
        <source>Models and Hub</source>
        <translation>Modelle und Hub</translation>
    </message>
    <message>
        <source>Context, offline, account</source>
        <translation>Kontext, offline, Konto</translation>
    </message>
    <message>
        <source>Runtimes</source>
        <translation>Runtimes</translation>
    </message>
    <message>
        <source>What can serve</source>
        <translation>Was Modelle betreibt</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>Energie</translation>
    </message>
    <message>
        <source>Price and currency</source>
        <translation>Preis und Währung</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Ablage</translation>
    </message>
    <message>
        <source>Where things lie</source>
        <translation>Was wo liegt</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>What is kept, and how long</source>
        <translation>Was bleibt, und wie lange</translation>
    </message>
    <message>
        <source>Records of requests</source>
        <translation>Daten zu Anfragen</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>Dieses Fenster</translation>
    </message>
    <message>
        <source>Colours, language</source>
        <translation>Farben, Sprache</translation>
    </message>
    <message>
        <source>The engine room is not running. Only this window&apos;s settings can be changed.</source>
        <translation>Der Maschinenraum läuft nicht. Nur die Einstellungen dieses Fensters lassen sich ändern.</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>Neu lesen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Without a key the engine room will not start for other computers. Make one first.</source>
        <translation>Ohne Schlüssel startet der Maschinenraum nicht für andere Computer. Zuerst einen anlegen.</translation>
    </message>
    <message>
        <source>Make a key</source>
        <translation>Schlüssel anlegen</translation>
    </message>
    <message>
        <source>Changes that count after a restart: {count}. A restart stops every engine for a moment.</source>
        <translation>Änderungen, die nach einem Neustart gelten: {count}. Ein Neustart hält alle Engines kurz an.</translation>
    </message>
    <message>
        <source>Restart the engine room</source>
        <translation>Maschinenraum neu starten</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Engineroom</source>
        <translation>Engineroom</translation>
    </message>
    <message>
        <source>Show the names of the pages</source>
        <translation>Seitennamen anzeigen</translation>
    </message>
    <message>
        <source>Show only icons</source>
        <translation>Nur Symbole anzeigen</translation>
    </message>
</context>
<context>
    <name>SnippetBox</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy: {where}</source>
        <translation>Kopieren: {where}</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>StageTimeline</name>
    <message>
        <source>Stages of the start</source>
        <translation>Schritte des Starts</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>steht aus</translation>
    </message>
    <message>
        <source>now</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
</context>
<context>
    <name>StayAwake</name>
    <message>
        <source>A model is being served</source>
        <translation>Ein Modell läuft</translation>
    </message>
</context>
<context>
    <name>StorageCard</name>
    <message>
        <source>Look again</source>
        <translation>Neu ermitteln</translation>
    </message>
    <message>
        <source>Where things lie</source>
        <translation>Was wo liegt</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Wird ermittelt …</translation>
    </message>
    <message>
        <source>{held} here, {free} free on the disk
{path}</source>
        <translation>{held} hier, {free} frei auf dem Datenträger
{path}</translation>
    </message>
</context>
<context>
    <name>StripChart</name>
    <message>
        <source>not live</source>
        <translation>nicht live</translation>
    </message>
    <message>
        <source>mean {mean}   max {highest}</source>
        <translation>Ø {mean}   max. {highest}</translation>
    </message>
    <message>
        <source>total   {aside}</source>
        <translation>gesamt   {aside}</translation>
    </message>
    <message>
        <source>hottest   {aside}</source>
        <translation>heißeste   {aside}</translation>
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
        <translation>Bild {number}</translation>
    </message>
    <message>
        <source>Take picture {number} away</source>
        <translation>Bild {number} entfernen</translation>
    </message>
</context>
<context>
    <name>TokenDialog</name>
    <message>
        <source>Access token</source>
        <translation>Zugriffstoken</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Forget the stored one</source>
        <translation>Gespeichertes vergessen</translation>
    </message>
    <message>
        <source>Open the page of tokens</source>
        <translation>Token-Seite öffnen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Models whose licence has to be accepted are only sent to an account that did. A token with the right to read gated repositories stands for that account. It goes into this system&apos;s keyring; where there is none, into a file that only your user can read (mode 0600).</source>
        <translation>Modelle, deren Lizenz angenommen werden muss, gehen nur an ein Konto, das dies getan hat. Für dieses Konto steht ein Token mit dem Recht, zugangsbeschränkte Repositorys zu lesen. Es kommt in den Schlüsselbund dieses Systems; wo es keinen gibt, in eine Datei, die nur das eigene Konto lesen kann (Modus 0600).</translation>
    </message>
    <message>
        <source>Access token of the Hugging Face Hub</source>
        <translation>Zugriffstoken des Hugging Face Hub</translation>
    </message>
    <message>
        <source>Stored.</source>
        <translation>Gespeichert.</translation>
    </message>
    <message>
        <source>Forgotten.</source>
        <translation>Vergessen.</translation>
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
        <translation>Der Maschinenraum antwortet nicht.</translation>
    </message>
    <message>
        <source>{model}: {state}</source>
        <translation>{model}: {state}</translation>
    </message>
    <message>
        <source>Open Engineroom</source>
        <translation>Engineroom öffnen</translation>
    </message>
    <message>
        <source>Stop {model}</source>
        <translation>{model} stoppen</translation>
    </message>
    <message>
        <source>Serve {model}</source>
        <translation>{model} starten</translation>
    </message>
    <message>
        <source>Quit Engineroom</source>
        <translation>Engineroom beenden</translation>
    </message>
</context>
<context>
    <name>TryBox</name>
    <message>
        <source>Ask it something</source>
        <translation>Etwas fragen</translation>
    </message>
    <message>
        <source>What is the capital of France?</source>
        <translation>Was ist die Hauptstadt von Frankreich?</translation>
    </message>
    <message>
        <source>Question to the model</source>
        <translation>Frage an das Modell</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
</context>
<context>
    <name>Unfold</name>
    <message>
        <source>Fewer details</source>
        <translation>Weniger Details</translation>
    </message>
</context>
<context>
    <name>Way</name>
    <message>
        <source>about {rate}</source>
        <translation>etwa {rate}</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Apply: {change}</source>
        <translation>Anwenden: {change}</translation>
    </message>
</context>
<context>
    <name>WayChoice</name>
    <message>
        <source>Ways to have this model</source>
        <translation>Varianten dieses Modells</translation>
    </message>
    <message>
        <source>{way} (best here)</source>
        <translation>{way} (beste hier)</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Step {number} of {all}</source>
        <translation>Schritt {number} von {all}</translation>
    </message>
</context>
<context>
    <name>_Key</name>
    <message>
        <source>{line}: click to show or hide</source>
        <translation>{line}: per Klick ein- oder ausblenden</translation>
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
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} h</translation>
    </message>
    <message>
        <source>{n} d</source>
        <translation>{n} d</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>Now {now}; {span}: mean {mean}, lowest {low}, highest {high}</source>
        <translation>Jetzt {now}; {span}: Mittel {mean}, niedrigster Wert {low}, höchster Wert {high}</translation>
    </message>
    <message>
        <source>Nothing measured yet</source>
        <translation>Noch nichts gemessen</translation>
    </message>
    <message>
        <source>The engine room is not connected.</source>
        <translation>Der Maschinenraum ist nicht verbunden.</translation>
    </message>
</context>
<context>
    <name>chat</name>
    <message>
        <source>first token after {time}</source>
        <translation>erstes Token nach {time}</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} Token</translation>
    </message>
    <message>
        <source>about {energy}</source>
        <translation>etwa {energy}</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>no text came</source>
        <translation>es kam kein Text</translation>
    </message>
    <message>
        <source>cut off: the context or the most tokens were reached</source>
        <translation>abgeschnitten: Kontext oder Höchstzahl der Token erreicht</translation>
    </message>
    <message>
        <source>cut off by a filter</source>
        <translation>von einem Filter abgeschnitten</translation>
    </message>
    <message>
        <source>the model wants to call a tool, which this chat cannot do</source>
        <translation>das Modell will ein Tool aufrufen, was dieser Chat nicht kann</translation>
    </message>
    <message>
        <source>note: {notes}</source>
        <translation>Hinweis: {notes}</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>Gedanken</translation>
    </message>
    <message>
        <source>Thought for {time}</source>
        <translation>{time} nachgedacht</translation>
    </message>
    <message>
        <source>{text} ({code})</source>
        <translation>{text} ({code})</translation>
    </message>
    <message>
        <source>Loading the model …</source>
        <translation>Modell wird geladen …</translation>
    </message>
    <message>
        <source>Waiting for the first token …</source>
        <translation>Wartet auf das erste Token …</translation>
    </message>
    <message>
        <source>The chat opens when the engine room answers.</source>
        <translation>Der Chat öffnet sich, sobald der Maschinenraum antwortet.</translation>
    </message>
    <message>
        <source>There is no model here yet: get one on the page Models.</source>
        <translation>Hier ist noch kein Modell: eines auf der Seite „Modelle“ holen.</translation>
    </message>
    <message>
        <source>This model is no longer here; choose another above.</source>
        <translation>Dieses Modell ist nicht mehr hier; oben ein anderes wählen.</translation>
    </message>
    <message>
        <source>Ask something</source>
        <translation>Etwas fragen</translation>
    </message>
    <message>
        <source>Ask something; the model is loaded first</source>
        <translation>Fragen; das Modell lädt zuerst</translation>
    </message>
    <message>
        <source>{model} reads text only, so no picture can be sent to it.</source>
        <translation>{model} liest nur Text, daher lässt sich kein Bild senden.</translation>
    </message>
    <message>
        <source>{model}, serving</source>
        <translation>{model}, läuft</translation>
    </message>
    <message>
        <source>{model}, starting</source>
        <translation>{model}, startet</translation>
    </message>
    <message>
        <source>{model}, failed</source>
        <translation>{model}, fehlgeschlagen</translation>
    </message>
    <message>
        <source>the answer ends where the context of {context} tokens does</source>
        <translation>die Antwort endet, wo der Kontext von {context} Token endet</translation>
    </message>
    <message>
        <source>max_tokens {wanted} was lowered to {room}, which is what the context of {context} leaves</source>
        <translation>max_tokens {wanted} wurde auf {room} gesenkt; mehr lässt der Kontext von {context} nicht zu</translation>
    </message>
    <message>
        <source>the oldest {count} messages were left out, to fit the context</source>
        <translation>die ältesten {count} Nachrichten wurden weggelassen, damit der Rest in den Kontext passt</translation>
    </message>
    <message>
        <source>left out, for this engine does not know it: {name}</source>
        <translation>weggelassen, weil diese Engine es nicht kennt: {name}</translation>
    </message>
    <message>
        <source>ignored: {names}</source>
        <translation>nicht beachtet: {names}</translation>
    </message>
</context>
<context>
    <name>connect</name>
    <message>
        <source>Agents</source>
        <translation>Agenten</translation>
    </message>
    <message>
        <source>Editors</source>
        <translation>Editoren</translation>
    </message>
    <message>
        <source>Applications</source>
        <translation>Anwendungen</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliotheken</translation>
    </message>
    <message>
        <source>OpenAI chat completions</source>
        <translation>OpenAI Chat Completions</translation>
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
        <translation>OpenAI Completions</translation>
    </message>
    <message>
        <source>Ollama</source>
        <translation>Ollama</translation>
    </message>
    <message>
        <source>needs a model that calls tools</source>
        <translation>braucht ein Modell, das Tools aufruft</translation>
    </message>
    <message>
        <source>calls tools where the model can</source>
        <translation>ruft Tools auf, wo das Modell es kann</translation>
    </message>
    <message>
        <source>works without tools</source>
        <translation>funktioniert ohne Tools</translation>
    </message>
    <message>
        <source>Seen to work</source>
        <translation>Im Betrieb gesehen</translation>
    </message>
    <message>
        <source>Read in its source</source>
        <translation>Im Quellcode gelesen</translation>
    </message>
    <message>
        <source>As its makers document it, not tried</source>
        <translation>Nach Herstellerangaben, nicht erprobt</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>Erreicht</translation>
    </message>
    <message>
        <source>Model offered</source>
        <translation>Modell angeboten</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Beantwortet</translation>
    </message>
    <message>
        <source>Tool call</source>
        <translation>Tool-Aufruf</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>nicht versucht</translation>
    </message>
    <message>
        <source>The address answers.</source>
        <translation>Die Adresse antwortet.</translation>
    </message>
    <message>
        <source>Nobody answers there: {reason}.</source>
        <translation>Dort antwortet niemand: {reason}.</translation>
    </message>
    <message>
        <source>Who answers there shows another certificate than this engine room&apos;s, so nothing was sent. Check the address, or restart the engine room if its certificate was changed.</source>
        <translation>Wer dort antwortet, zeigt ein anderes Zertifikat als das dieses Maschinenraums; es wurde nichts gesendet. Die Adresse prüfen, oder den Maschinenraum neu starten, falls sein Zertifikat geändert wurde.</translation>
    </message>
    <message>
        <source>The key was refused (HTTP {status}). Enter a valid key, or make one in Settings.</source>
        <translation>Der Schlüssel wurde abgewiesen (HTTP {status}). Einen gültigen eingeben oder in den Einstellungen anlegen.</translation>
    </message>
    <message>
        <source>It answered with HTTP {status}, which nobody expects there.</source>
        <translation>Die Antwort war HTTP {status}, was dort niemand erwartet.</translation>
    </message>
    <message>
        <source>{model} is in its list.</source>
        <translation>{model} steht in der Liste.</translation>
    </message>
    <message>
        <source>{model} is not in its list. Choose another model.</source>
        <translation>{model} steht nicht in der Liste. Ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>First words after {first_ms}: “{text}”</source>
        <translation>Erste Wörter nach {first_ms}: „{text}“</translation>
    </message>
    <message>
        <source>HTTP {status}: {message}</source>
        <translation>HTTP {status}: {message}</translation>
    </message>
    <message>
        <source>This engine room does not serve {route}, which this program needs.</source>
        <translation>Dieser Maschinenraum bietet {route} nicht an, das dieses Programm braucht.</translation>
    </message>
    <message>
        <source>The answer was cut off: {reason}.</source>
        <translation>Die Antwort brach ab: {reason}.</translation>
    </message>
    <message>
        <source>An answer came, and nothing was in it.</source>
        <translation>Eine Antwort kam, aber sie war leer.</translation>
    </message>
    <message>
        <source>It called {name} with {arguments}.</source>
        <translation>{name} wurde mit {arguments} aufgerufen.</translation>
    </message>
    <message>
        <source>It called {name}, but its arguments are not as they were asked for: {arguments}</source>
        <translation>{name} wurde aufgerufen, aber die Argumente sind nicht wie verlangt: {arguments}</translation>
    </message>
    <message>
        <source>It called {name}, a tool that was not offered.</source>
        <translation>{name} wurde aufgerufen, ein Tool, das nicht angeboten war.</translation>
    </message>
    <message>
        <source>It answered in words. This model does not call tools; choose one that does for agents.</source>
        <translation>Die Antwort kam in Worten. Dieses Modell ruft keine Tools auf; für Agenten eines wählen, das es tut.</translation>
    </message>
    <message>
        <source>It wrote the call as text: the model tries, and its runtime has no parser for its calls.</source>
        <translation>Der Aufruf kam als Text: Das Modell versucht es, aber seine Runtime hat keinen Parser für seine Aufrufe.</translation>
    </message>
    <message>
        <source>It thought until {tokens} tokens were used up. Agents give it more; try one, or let it think less.</source>
        <translation>Es dachte nach, bis {tokens} Token verbraucht waren. Agenten geben ihm mehr; einen versuchen oder es weniger nachdenken lassen.</translation>
    </message>
    <message>
        <source>This interface has no tools.</source>
        <translation>Diese Schnittstelle hat keine Tools.</translation>
    </message>
    <message>
        <source>A step before it failed.</source>
        <translation>Ein Schritt davor ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>first prompt {count} tokens</source>
        <translation>erster Prompt {count} Token</translation>
    </message>
    <message>
        <source>{how}, {date}. Source: {source}.</source>
        <translation>{how}, {date}. Quelle: {source}.</translation>
    </message>
    <message>
        <source>{how}, version {version}, {date}. Source: {source}.</source>
        <translation>{how}, Version {version}, {date}. Quelle: {source}.</translation>
    </message>
    <message>
        <source>The context of this model is known once it runs; {count} stands in its place below.</source>
        <translation>Der Kontext dieses Modells ist bekannt, sobald es läuft; unten steht dafür {count}.</translation>
    </message>
    <message>
        <source>{has} tokens of context are too few: {name} needs {needs}. Serve this model with more, or choose another.</source>
        <translation>{has} Token Kontext sind zu wenig: {name} braucht {needs}. Dieses Modell mit mehr starten oder ein anderes wählen.</translation>
    </message>
    <message>
        <source>Does not work</source>
        <translation>Funktioniert nicht</translation>
    </message>
    <message>
        <source>Answers, but calls no tool</source>
        <translation>Antwortet, ruft aber kein Tool auf</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Funktioniert</translation>
    </message>
    <message>
        <source>It warns that it has no metadata for this model; that does no harm.</source>
        <translation>Es warnt, dass ihm Metadaten zu diesem Modell fehlen; das schadet nicht.</translation>
    </message>
    <message>
        <source>Without the compaction window it takes the context of an unknown model for a million tokens.</source>
        <translation>Ohne das Kompaktierungsfenster hält es den Kontext eines unbekannten Modells für eine Million Token.</translation>
    </message>
    <message>
        <source>A key in ANTHROPIC_API_KEY goes before this one: leave it empty.</source>
        <translation>Ein Schlüssel in ANTHROPIC_API_KEY geht diesem vor: leer lassen.</translation>
    </message>
    <message>
        <source>No sign-in is needed. Its makers recommend 128,000 tokens of context.</source>
        <translation>Keine Anmeldung nötig. Die Hersteller empfehlen 128.000 Token Kontext.</translation>
    </message>
    <message>
        <source>It asks twice at once when a conversation begins: with one slot, the second waits.</source>
        <translation>Zu Beginn eines Gesprächs fragt es zweimal gleichzeitig: Mit einem Slot wartet die zweite Anfrage.</translation>
    </message>
    <message>
        <source>In VS Code choose the provider OpenAI Compatible and enter the same address, key and model.</source>
        <translation>In VS Code den Anbieter OpenAI Compatible wählen und dieselbe Adresse, denselben Schlüssel und dasselbe Modell eingeben.</translation>
    </message>
    <message>
        <source>Its first prompt is the longest of all that were measured.</source>
        <translation>Sein erster Prompt ist der längste aller gemessenen.</translation>
    </message>
    <message>
        <source>The size of its first prompt is that of OpenCode, on which it is built.</source>
        <translation>Die Größe seines ersten Prompts ist die von OpenCode, auf dem es aufbaut.</translation>
    </message>
    <message>
        <source>It is no longer developed. Its settings have a form only.</source>
        <translation>Es wird nicht mehr entwickelt. Für seine Einstellungen gibt es nur ein Formular.</translation>
    </message>
    <message>
        <source>It edits by text, so that a model without tools will do. Its map of the project takes up to 4,000 tokens.</source>
        <translation>Es bearbeitet als Text, daher genügt ein Modell ohne Tools. Seine Projektübersicht braucht bis zu 4.000 Token.</translation>
    </message>
    <message>
        <source>It wants the whole address of the route, not the base.</source>
        <translation>Es verlangt die ganze Adresse der Route, nicht die Basisadresse.</translation>
    </message>
    <message>
        <source>It speaks only Google&apos;s own interface, which Engineroom does not serve.</source>
        <translation>Es spricht nur Googles eigene Schnittstelle, die Engineroom nicht anbietet.</translation>
    </message>
    <message>
        <source>VS Code asks for the key once and keeps it itself.</source>
        <translation>VS Code fragt einmal nach dem Schlüssel und bewahrt ihn selbst auf.</translation>
    </message>
    <message>
        <source>Without toolCalling the model is not offered in agent mode. Inline suggestions do not come from a custom endpoint.</source>
        <translation>Ohne toolCalling erscheint das Modell nicht im Agentenmodus. Vorschläge beim Tippen kommen nicht von einem eigenen Endpunkt.</translation>
    </message>
    <message>
        <source>Zed reads the key from ENGINEROOM_API_KEY or asks for it; started from a dock it does not see your shell.</source>
        <translation>Zed liest den Schlüssel aus ENGINEROOM_API_KEY oder fragt danach; aus einem Dock gestartet, kennt es die Shell nicht.</translation>
    </message>
    <message>
        <source>It takes the list of models from /v1/models. Tools have a switch of their own there.</source>
        <translation>Es holt die Modellliste von /v1/models. Tools haben dort einen eigenen Schalter.</translation>
    </message>
    <message>
        <source>It is no longer developed since 2.0.0. For its agent mode the capability tool_use must be named.</source>
        <translation>Seit 2.0.0 wird es nicht mehr entwickelt. Für seinen Agentenmodus muss die Fähigkeit tool_use genannt sein.</translation>
    </message>
    <message>
        <source>Its requests leave from Cursor&apos;s servers, which cannot reach this computer, and private addresses are refused.</source>
        <translation>Seine Anfragen kommen von Cursors Servern, die diesen Computer nicht erreichen, und private Adressen werden abgelehnt.</translation>
    </message>
    <message>
        <source>In a container this computer is not 127.0.0.1: let the network in (Settings) and use its address and a key.</source>
        <translation>In einem Container ist dieser Computer nicht 127.0.0.1: das Netzwerk zulassen (Einstellungen), seine Adresse und einen Schlüssel verwenden.</translation>
    </message>
    <message>
        <source>Without the limit it takes the context for 4,096 tokens.</source>
        <translation>Ohne die Grenze nimmt es 4.096 Token Kontext an.</translation>
    </message>
    <message>
        <source>It usually runs on another computer: let the network in (Settings) and use that address.</source>
        <translation>Es läuft meist auf einem anderen Computer: das Netzwerk zulassen (Einstellungen) und diese Adresse verwenden.</translation>
    </message>
    <message>
        <source>It asks for Ollama&apos;s interface; the live test says whether this engine room speaks it.</source>
        <translation>Es fragt nach Ollamas Schnittstelle; der Live-Test zeigt, ob dieser Maschinenraum sie spricht.</translation>
    </message>
    <message>
        <source>Newer OpenAI nodes ask the Responses interface, older ones chat completions; both are served.</source>
        <translation>Neuere OpenAI-Knoten nutzen die Responses-Schnittstelle, ältere Chat Completions; beide gibt es hier.</translation>
    </message>
    <message>
        <source>Add app://obsidian.md to the allowed origins (Settings). Its switch Enable CORS would turn streaming off.</source>
        <translation>app://obsidian.md zu den zugelassenen Webseiten hinzufügen (Einstellungen). Sein Schalter Enable CORS würde das Streaming ausschalten.</translation>
    </message>
    <message>
        <source>Add app://obsidian.md to the allowed origins (Settings).</source>
        <translation>app://obsidian.md zu den zugelassenen Webseiten hinzufügen (Einstellungen).</translation>
    </message>
    <message>
        <source>Embeddings need check_embedding_ctx_length=False; else it sends the tokens of another tokenizer.</source>
        <translation>Embeddings brauchen check_embedding_ctx_length=False; sonst sendet es die Token eines anderen Tokenizers.</translation>
    </message>
    <message>
        <source>Without is_chat_model it asks plain completions, and the model gets no chat template.</source>
        <translation>Ohne is_chat_model nutzt es einfache Completions, und das Modell bekommt kein Chat-Template.</translation>
    </message>
    <message>
        <source>It demands a tool call in every answer.</source>
        <translation>Es verlangt in jeder Antwort einen Tool-Aufruf.</translation>
    </message>
    <message>
        <source>A terminal</source>
        <translation>Ein Terminal</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Start it</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Tell it once</source>
        <translation>Einmal mitteilen</translation>
    </message>
    <message>
        <source>engineroom.json, in a folder of yours</source>
        <translation>engineroom.json, in einem eigenen Ordner</translation>
    </message>
    <message>
        <source>run against a local gateway</source>
        <translation>gegen ein lokales Gateway ausgeführt</translation>
    </message>
    <message>
        <source>run against this engine room</source>
        <translation>gegen diesen Maschinenraum ausgeführt</translation>
    </message>
    <message>
        <source>its source</source>
        <translation>sein Quellcode</translation>
    </message>
    <message>
        <source>custom endpoints</source>
        <translation>eigene Endpunkte</translation>
    </message>
    <message>
        <source>its settings are those of OpenCode</source>
        <translation>seine Einstellungen sind die von OpenCode</translation>
    </message>
    <message>
        <source>archived on 15 May 2026</source>
        <translation>archiviert am 15. Mai 2026</translation>
    </message>
</context>
<context>
    <name>details</name>
    <message>
        <source>{key} is missing</source>
        <translation>{key} fehlt</translation>
    </message>
    <message>
        <source>{key} has {value}, which is neither an IP address nor localhost</source>
        <translation>{key} hat {value}; das ist weder eine IP-Adresse noch localhost</translation>
    </message>
    <message>
        <source>{value} is not an address of this computer</source>
        <translation>{value} ist keine Adresse dieses Computers</translation>
    </message>
    <message>
        <source>{key} has {value}, which is not an origin such as app://obsidian.md</source>
        <translation>{key} enthält {value}; das ist kein Ursprung wie app://obsidian.md</translation>
    </message>
    <message>
        <source>{key} has {value}; name each web origin in full</source>
        <translation>{key} enthält {value}; jeder Web-Ursprung ist vollständig zu nennen</translation>
    </message>
    <message>
        <source>{key} is not a setting; known here: {known}</source>
        <translation>{key} ist keine Einstellung; bekannt sind hier: {known}</translation>
    </message>
    <message>
        <source>{key} and {other} go together</source>
        <translation>{key} und {other} gehören zusammen</translation>
    </message>
    <message>
        <source>there is no such setting</source>
        <translation>diese Einstellung gibt es nicht</translation>
    </message>
    <message>
        <source>another setting would change too</source>
        <translation>eine andere Einstellung würde sich mit ändern</translation>
    </message>
    <message>
        <source>from {least} to {most}</source>
        <translation>von {least} bis {most}</translation>
    </message>
    <message>
        <source>one of {choices}</source>
        <translation>eines von {choices}</translation>
    </message>
    <message>
        <source>auto or one of {choices}</source>
        <translation>auto oder eines von {choices}</translation>
    </message>
    <message>
        <source>a format such as bf16, fp8, nvfp4, mxfp4 or q4_k_m</source>
        <translation>ein Format wie bf16, fp8, nvfp4, mxfp4 oder q4_k_m</translation>
    </message>
    <message>
        <source>from {least} to {most}, each once</source>
        <translation>von {least} bis {most}, jede einmal</translation>
    </message>
    <message>
        <source>a whole number from {least} to {most}</source>
        <translation>eine ganze Zahl von {least} bis {most}</translation>
    </message>
    <message>
        <source>1 to {most} printable letters</source>
        <translation>1 bis {most} druckbare Zeichen</translation>
    </message>
    <message>
        <source>a time to come</source>
        <translation>ein künftiger Zeitpunkt</translation>
    </message>
    <message>
        <source>a number above 0</source>
        <translation>eine Zahl über 0</translation>
    </message>
    <message>
        <source>a token is one word of letters, digits and signs of ASCII</source>
        <translation>ein Token ist ein einziges Wort aus Buchstaben, Ziffern und Zeichen von ASCII</translation>
    </message>
    <message>
        <source>minutes must be from {least} to {most}</source>
        <translation>Minuten müssen zwischen {least} und {most} liegen</translation>
    </message>
    <message>
        <source>no model was named</source>
        <translation>es wurde kein Modell genannt</translation>
    </message>
    <message>
        <source>there is no kind &apos;{kind}&apos;: it is checkpoint or compiled</source>
        <translation>die Art „{kind}“ gibt es nicht: möglich sind checkpoint und compiled</translation>
    </message>
    <message>
        <source>only a compiled engine can be made to use sparse weights</source>
        <translation>nur eine kompilierte Engine kann dünn besetzte Gewichte nutzen</translation>
    </message>
    <message>
        <source>TensorRT-LLM {version} has no compiled engines: they ended with 1.2. Build the kind checkpoint</source>
        <translation>TensorRT-LLM {version} hat keine kompilierten Engines mehr: sie endeten mit 1.2. Bitte die Art checkpoint bauen</translation>
    </message>
    <message>
        <source>its weights are {weights} already, and engines are compiled from weights of 16 bits. Name the repository of the unquantised model</source>
        <translation>die Gewichte sind schon {weights}, und kompiliert wird aus Gewichten mit 16 Bit. Bitte das Repository des unquantisierten Modells nennen</translation>
    </message>
    <message>
        <source>a compiled engine of it does not run on this card: {name}, {note}</source>
        <translation>eine kompilierte Engine davon läuft auf dieser Karte nicht: {name}, {note}</translation>
    </message>
    <message>
        <source>{precision} in a compiled engine is {support} on this card ({name}: {note})</source>
        <translation>{precision} in einer kompilierten Engine ist auf dieser Karte {support} ({name}: {note})</translation>
    </message>
    <message>
        <source>it does not fit the memory of the card</source>
        <translation>es passt nicht in den Speicher der Karte</translation>
    </message>
    <message>
        <source>{precision} is known not to run on this card with this runtime</source>
        <translation>{precision} läuft bekanntlich auf dieser Karte mit dieser Runtime nicht</translation>
    </message>
    <message>
        <source>it is within the error of the estimate whether it fits the memory of the card</source>
        <translation>ob es in den Speicher der Karte passt, liegt innerhalb des Fehlers der Schätzung</translation>
    </message>
    <message>
        <source>its layers are not known, so nobody can say whether it fits</source>
        <translation>die Schichten sind nicht bekannt, daher weiß niemand, ob es passt</translation>
    </message>
    <message>
        <source>{precision} is {support} on this card with this runtime</source>
        <translation>{precision} ist auf dieser Karte mit dieser Runtime {support}</translation>
    </message>
    <message>
        <source>it runs program code of its publisher</source>
        <translation>es führt Programmcode seines Herausgebers aus</translation>
    </message>
    <message>
        <source>the NVIDIA driver is too old for this runtime; engineroom runtimes doctor says what it needs</source>
        <translation>der NVIDIA-Treiber ist für diese Runtime zu alt; engineroom runtimes doctor sagt, was sie braucht</translation>
    </message>
    <message>
        <source>{context_tokens} tokens of context are more than the {native_context} that the model was made for; the engine gives no more</source>
        <translation>{context_tokens} Token Kontext sind mehr als die {native_context}, für die das Modell gemacht ist; mehr gibt die Engine nicht</translation>
    </message>
    <message>
        <source>its runtime has no program that brings it into this form: {program} has to be laid there first</source>
        <translation>seine Runtime hat kein Programm, das es in diese Form bringt: {program} muss erst dorthin gelegt werden</translation>
    </message>
    <message>
        <source>to quantise it, the model has to be loaded in {from_precision} first: about {needed_gb} GB, and the cards and this computer hold {held_gb} GB together</source>
        <translation>zum Quantisieren muss das Modell zuerst in {from_precision} geladen werden: etwa {needed_gb} GB, und die Karten und dieser Computer haben zusammen {held_gb} GB</translation>
    </message>
    <message>
        <source>nobody has published its weights in 16 bits, which engines are compiled from</source>
        <translation>niemand hat die Gewichte mit 16 Bit veröffentlicht, aus denen Engines kompiliert werden</translation>
    </message>
    <message>
        <source>of every four of its weights two would have to be zero, and they are not</source>
        <translation>von je vier Gewichten müssten zwei null sein, und das sind sie nicht</translation>
    </message>
    <message>
        <source>that card is not in this computer, and an engine is built where it runs</source>
        <translation>diese Karte ist nicht in diesem Computer, und eine Engine wird gebaut, wo sie läuft</translation>
    </message>
    <message>
        <source>Its gate has refused it.</source>
        <translation>Die Abnahme hat es abgelehnt.</translation>
    </message>
    <message>
        <source>Its gate has not been run.</source>
        <translation>Die Abnahme wurde noch nicht ausgeführt.</translation>
    </message>
    <message>
        <source>It is {state}.</source>
        <translation>Der Stand ist: {state}.</translation>
    </message>
    <message>
        <source>it has version {version}, this program knows {newest}; update Engineroom</source>
        <translation>es hat Version {version}, dieses Programm kennt {newest}; bitte Engineroom aktualisieren</translation>
    </message>
    <message>
        <source>Engines use it now ({users}).</source>
        <translation>Engines benutzen es gerade ({users}).</translation>
    </message>
    <message>
        <source>neither docker nor podman is here</source>
        <translation>weder docker noch podman ist hier</translation>
    </message>
    <message>
        <source>there is none on the PATH</source>
        <translation>im PATH gibt es keines</translation>
    </message>
    <message>
        <source>nothing here starts it</source>
        <translation>nichts hier startet es</translation>
    </message>
    <message>
        <source>it is not an address that begins with http:// or https://</source>
        <translation>es ist keine Adresse, die mit http:// oder https:// beginnt</translation>
    </message>
    <message>
        <source>it holds more than a host, a port and a path</source>
        <translation>sie enthält mehr als Host, Port und Pfad</translation>
    </message>
    <message>
        <source>status {status}</source>
        <translation>HTTP-Status {status}</translation>
    </message>
    <message>
        <source>its own health has said so for a minute</source>
        <translation>der eigene Zustandsbericht sagt es seit einer Minute</translation>
    </message>
    <message>
        <source>its worker process {pid} has ended</source>
        <translation>der Worker-Prozess {pid} ist beendet</translation>
    </message>
    <message>
        <source>no free port</source>
        <translation>kein freier Port</translation>
    </message>
    <message>
        <source>run: {command}</source>
        <translation>ausführen: {command}</translation>
    </message>
    <message>
        <source>open {page}</source>
        <translation>öffnen: {page}</translation>
    </message>
    <message>
        <source>somebody has to do it at this computer</source>
        <translation>jemand muss es an diesem Computer tun</translation>
    </message>
    <message>
        <source>the connection was cut</source>
        <translation>die Verbindung wurde getrennt</translation>
    </message>
    <message>
        <source>it redirects in circles</source>
        <translation>es leitet im Kreis um</translation>
    </message>
    <message>
        <source>a hash in its list of files is none</source>
        <translation>ein Hash in der Dateiliste ist keiner</translation>
    </message>
    <message>
        <source>{file} ends too early</source>
        <translation>{file} endet zu früh</translation>
    </message>
    <message>
        <source>another download is writing it</source>
        <translation>ein anderer Download schreibt gerade daran</translation>
    </message>
    <message>
        <source>a folder of the snapshot is a link</source>
        <translation>ein Ordner des Snapshots ist ein Link</translation>
    </message>
    <message>
        <source>it has {size} bytes instead of {wanted_size}</source>
        <translation>es hat {size} Bytes statt {wanted_size}</translation>
    </message>
    <message>
        <source>its hash is another</source>
        <translation>der Hash ist ein anderer</translation>
    </message>
    <message>
        <source>it comes from revision {revision}</source>
        <translation>es stammt aus der Revision {revision}</translation>
    </message>
    <message>
        <source>it has become shorter</source>
        <translation>es ist kürzer geworden</translation>
    </message>
    <message>
        <source>asked for {asked}, got {got}</source>
        <translation>gefragt war {asked}, gekommen ist {got}</translation>
    </message>
    <message>
        <source>it is no regular file</source>
        <translation>es ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>its hash is {found} instead of {expected}</source>
        <translation>der Hash ist {found} statt {expected}</translation>
    </message>
    <message>
        <source>it cannot be read: {said}</source>
        <translation>es ist nicht zu lesen: {said}</translation>
    </message>
    <message>
        <source>the headers together are too long</source>
        <translation>die Header sind zusammen zu lang</translation>
    </message>
    <message>
        <source>a file in {count} parts</source>
        <translation>eine Datei in {count} Teilen</translation>
    </message>
    <message>
        <source>{count} files of weights</source>
        <translation>{count} Dateien mit Gewichten</translation>
    </message>
    <message>
        <source>{file} is larger than any plan</source>
        <translation>{file} ist größer als jeder Plan</translation>
    </message>
    <message>
        <source>its list names no model, or one twice</source>
        <translation>die Liste nennt kein Modell oder eines doppelt</translation>
    </message>
    <message>
        <source>it does not begin with {manifest}</source>
        <translation>es beginnt nicht mit {manifest}</translation>
    </message>
    <message>
        <source>it is neither a folder nor a plain tar file ({said})</source>
        <translation>es ist weder ein Ordner noch eine einfache tar-Datei ({said})</translation>
    </message>
    <message>
        <source>{file} is no plain file</source>
        <translation>{file} ist keine einfache Datei</translation>
    </message>
    <message>
        <source>{file} is not in its list, or comes twice</source>
        <translation>{file} steht nicht in der Liste oder kommt doppelt vor</translation>
    </message>
    <message>
        <source>{file} has {size} bytes instead of {wanted_size}</source>
        <translation>{file} hat {size} Bytes statt {wanted_size}</translation>
    </message>
    <message>
        <source>{file} is missing</source>
        <translation>{file} fehlt</translation>
    </message>
    <message>
        <source>the hash of {file} is {found} instead of {expected}</source>
        <translation>der Hash von {file} ist {found} statt {expected}</translation>
    </message>
    <message>
        <source>the file ends after {count} bytes</source>
        <translation>die Datei endet nach {count} Bytes</translation>
    </message>
    <message>
        <source>a header of {count} bytes (at most {most} are accepted)</source>
        <translation>ein Header von {count} Bytes (höchstens {most} werden angenommen)</translation>
    </message>
    <message>
        <source>the file ends inside its header of {count} bytes</source>
        <translation>die Datei endet mitten in ihrem Header von {count} Bytes</translation>
    </message>
    <message>
        <source>a header of more than {most} bytes</source>
        <translation>ein Header von mehr als {most} Bytes</translation>
    </message>
    <message>
        <source>{count} tensors</source>
        <translation>{count} Tensoren</translation>
    </message>
    <message>
        <source>its tensors need {needed} bytes and the file has {count}</source>
        <translation>die Tensoren brauchen {needed} Bytes, und die Datei hat {count}</translation>
    </message>
    <message>
        <source>a tensor is described by something else than an object</source>
        <translation>ein Tensor ist durch etwas anderes als ein Objekt beschrieben</translation>
    </message>
    <message>
        <source>a tensor without dtype, shape and data_offsets</source>
        <translation>ein Tensor ohne dtype, shape und data_offsets</translation>
    </message>
    <message>
        <source>a tensor whose place makes no sense</source>
        <translation>ein Tensor an einer unsinnigen Stelle</translation>
    </message>
    <message>
        <source>a tensor larger than any file</source>
        <translation>ein Tensor, der größer ist als jede Datei</translation>
    </message>
    <message>
        <source>a tensor whose shape and place do not agree</source>
        <translation>ein Tensor, dessen Form und Stelle nicht zusammenpassen</translation>
    </message>
    <message>
        <source>there is no weight_map</source>
        <translation>es gibt keine weight_map</translation>
    </message>
    <message>
        <source>weight_map names something else than a file beside it</source>
        <translation>weight_map nennt etwas anderes als eine Datei daneben</translation>
    </message>
    <message>
        <source>general.alignment is not a small multiple of 8</source>
        <translation>general.alignment ist kein kleines Vielfaches von 8</translation>
    </message>
    <message>
        <source>value type {kind} does not exist</source>
        <translation>den Werttyp {kind} gibt es nicht</translation>
    </message>
    <message>
        <source>array of value type {kind}</source>
        <translation>eine Liste vom Werttyp {kind}</translation>
    </message>
    <message>
        <source>{count} {things} (at most {most} are accepted)</source>
        <translation>{count} {things} (höchstens {most} werden angenommen)</translation>
    </message>
    <message>
        <source>{name} is missing</source>
        <translation>{name} fehlt</translation>
    </message>
    <message>
        <source>{name} has {count} items</source>
        <translation>{name} hat {count} Einträge</translation>
    </message>
    <message>
        <source>{name} does not cover {layers} layers</source>
        <translation>{name} reicht nicht für {layers} Schichten</translation>
    </message>
    <message>
        <source>{name} is not a whole number</source>
        <translation>{name} ist keine ganze Zahl</translation>
    </message>
    <message>
        <source>{name} is not between {least} and {most}</source>
        <translation>{name} liegt nicht zwischen {least} und {most}</translation>
    </message>
    <message>
        <source>the pattern of layers does not cover {layers} layers</source>
        <translation>das Muster der Schichten reicht nicht für {layers} Schichten</translation>
    </message>
    <message>
        <source>hidden_size is no multiple of num_attention_heads, and there is no head_dim</source>
        <translation>hidden_size ist kein Vielfaches von num_attention_heads, und es gibt kein head_dim</translation>
    </message>
    <message>
        <source>the number of experts that answer a token is missing or larger than that of all</source>
        <translation>die Zahl der Experten je Token fehlt oder ist größer als die aller</translation>
    </message>
    <message>
        <source>more experts answer a token than there are</source>
        <translation>je Token antworten mehr Experten, als es gibt</translation>
    </message>
    <message>
        <source>a block&apos;s ffn_mult is not a factor</source>
        <translation>ffn_mult eines Blocks ist kein Faktor</translation>
    </message>
    <message>
        <source>block_count is no larger than nextn_predict_layers</source>
        <translation>block_count ist nicht größer als nextn_predict_layers</translation>
    </message>
    <message>
        <source>not all of its {layers} layers have tensors</source>
        <translation>nicht alle {layers} Schichten haben Tensoren</translation>
    </message>
    <message>
        <source>the plan is for {wanted} cards and {count} were given</source>
        <translation>der Plan ist für {wanted} Karten, angegeben sind {count}</translation>
    </message>
    <message>
        <source>there is no {kv_format} cache on cards of SM {sm}</source>
        <translation>auf Karten mit SM {sm} gibt es keinen Cache in {kv_format}</translation>
    </message>
    <message>
        <source>compiled engines are gone from 1.3 on</source>
        <translation>kompilierte Engines gibt es ab 1.3 nicht mehr</translation>
    </message>
    <message>
        <source>a container cannot mount a path with a comma or a quote in it: {path}</source>
        <translation>ein Container kann keinen Pfad mit Komma oder Anführungszeichen einbinden: {path}</translation>
    </message>
    <message>
        <source>no engine can be compiled in {precision}</source>
        <translation>in {precision} lässt sich keine Engine kompilieren</translation>
    </message>
    <message>
        <source>no engine can be compiled with a {kv_format} cache</source>
        <translation>mit einem Cache in {kv_format} lässt sich keine Engine kompilieren</translation>
    </message>
    <message>
        <source>ModelOpt makes no {precision}</source>
        <translation>ModelOpt erzeugt kein {precision}</translation>
    </message>
    <message>
        <source>ModelOpt calibrates no {kv_format} cache</source>
        <translation>ModelOpt kalibriert keinen Cache in {kv_format}</translation>
    </message>
    <message>
        <source>a cache in NVFP4 needs FP8 weights</source>
        <translation>ein Cache in NVFP4 braucht Gewichte in FP8</translation>
    </message>
    <message>
        <source>no such option: {options}</source>
        <translation>diese Option gibt es nicht: {options}</translation>
    </message>
    <message>
        <source>an image is not a data: URL in base64</source>
        <translation>ein Bild ist keine data:-URL in Base64</translation>
    </message>
    <message>
        <source>the base64 of an image is broken</source>
        <translation>das Base64 eines Bildes ist beschädigt</translation>
    </message>
    <message>
        <source>an image is not PNG, JPEG, GIF or WebP</source>
        <translation>ein Bild ist weder PNG noch JPEG, GIF oder WebP</translation>
    </message>
    <message>
        <source>an image is cut off or broken</source>
        <translation>ein Bild ist abgeschnitten oder beschädigt</translation>
    </message>
    <message>
        <source>an image has no pixels</source>
        <translation>ein Bild hat keine Pixel</translation>
    </message>
    <message>
        <source>an image has too many pixels: {width} x {height}</source>
        <translation>ein Bild hat zu viele Pixel: {width} × {height}</translation>
    </message>
    <message>
        <source>an image has too many frames: {count}</source>
        <translation>ein Bild hat zu viele Einzelbilder: {count}</translation>
    </message>
    <message>
        <source>a note inside an image unfolds to too much</source>
        <translation>eine Notiz in einem Bild ist entpackt zu groß</translation>
    </message>
    <message>
        <source>the images of this request have too many pixels together</source>
        <translation>die Bilder dieser Anfrage haben zusammen zu viele Pixel</translation>
    </message>
    <message>
        <source>nothing to object</source>
        <translation>nichts einzuwenden</translation>
    </message>
    <message>
        <source>TensorRT-LLM has no native Windows version.</source>
        <translation>TensorRT-LLM gibt es nicht nativ für Windows.</translation>
    </message>
    <message>
        <source>Run Engineroom inside WSL2 (Ubuntu 24.04), or use llama.cpp.</source>
        <translation>Engineroom in WSL2 (Ubuntu 24.04) ausführen oder llama.cpp benutzen.</translation>
    </message>
    <message>
        <source>TensorRT-LLM is made for Linux on x86_64 or aarch64; this is {system} on {arch}.</source>
        <translation>TensorRT-LLM ist für Linux auf x86_64 oder aarch64 gemacht; dies ist {system} auf {arch}.</translation>
    </message>
    <message>
        <source>Use llama.cpp here.</source>
        <translation>Hier llama.cpp benutzen.</translation>
    </message>
    <message>
        <source>Under WSL2 TensorRT-LLM is not validated, and only one card works.</source>
        <translation>Unter WSL2 ist TensorRT-LLM nicht geprüft, und nur eine Karte funktioniert.</translation>
    </message>
    <message>
        <source>Expect trouble; a Linux of its own is the safe place.</source>
        <translation>Mit Schwierigkeiten ist zu rechnen; sicher ist ein eigenes Linux.</translation>
    </message>
    <message>
        <source>The NVIDIA driver is {found}; this version needs {needs} or newer ({source}).</source>
        <translation>Der NVIDIA-Treiber ist {found}; diese Version braucht {needs} oder neuer ({source}).</translation>
    </message>
    <message>
        <source>Update the driver, then restart the computer.</source>
        <translation>Den Treiber aktualisieren, dann den Computer neu starten.</translation>
    </message>
    <message>
        <source>The NVIDIA driver runs CUDA up to {found}; this version needs {needs} ({source}).</source>
        <translation>Der NVIDIA-Treiber kann CUDA bis {found}; diese Version braucht {needs} ({source}).</translation>
    </message>
    <message>
        <source>The NVIDIA driver does not say its version; {needs} or newer is needed.</source>
        <translation>Der NVIDIA-Treiber nennt seine Version nicht; nötig ist {needs} oder neuer.</translation>
    </message>
    <message>
        <source>See what nvidia-smi says.</source>
        <translation>Nachsehen, was nvidia-smi sagt.</translation>
    </message>
    <message>
        <source>There is no NVIDIA card that can be used here.</source>
        <translation>Hier ist keine NVIDIA-Karte, die benutzt werden kann.</translation>
    </message>
    <message>
        <source>It can be installed, but its gate cannot serve, so it will not become the default.</source>
        <translation>Installieren geht, aber die Abnahme kann nichts betreiben; zum Standard wird es so nicht.</translation>
    </message>
    <message>
        <source>This version has no code for {card}: {note}.</source>
        <translation>Diese Version hat keinen Code für {card}: {note}.</translation>
    </message>
    <message>
        <source>Use llama.cpp on that card, or another card.</source>
        <translation>Auf dieser Karte llama.cpp benutzen, oder eine andere Karte.</translation>
    </message>
    <message>
        <source>{card} is not on NVIDIA&apos;s list of tested cards: support by the community only.</source>
        <translation>{card} steht nicht auf NVIDIAs Liste geprüfter Karten: Unterstützung nur durch die Community.</translation>
    </message>
    <message>
        <source>It may work well; its gate will show.</source>
        <translation>Es läuft vielleicht gut; die Abnahme wird es zeigen.</translation>
    </message>
    <message>
        <source>{path} has {free_bytes} free; {needs_bytes} are needed ({source}).</source>
        <translation>Auf {path} sind {free_bytes} frei; gebraucht werden {needs_bytes} ({source}).</translation>
    </message>
    <message>
        <source>Free space there, or move the data to a larger disk.</source>
        <translation>Dort Platz schaffen oder die Daten auf einen größeren Datenträger verlegen.</translation>
    </message>
    <message>
        <source>How much is free on the disk of {path} cannot be told; {needs_bytes} are needed.</source>
        <translation>Wie viel auf dem Datenträger von {path} frei ist, lässt sich nicht sagen; {needs_bytes} werden gebraucht.</translation>
    </message>
    <message>
        <source>Look with df before you install.</source>
        <translation>Vor der Installation mit df nachsehen.</translation>
    </message>
    <message>
        <source>Only {available_bytes} of memory are free; below {needs_bytes} a start may be ended by the system.</source>
        <translation>Nur {available_bytes} Speicher sind frei; unter {needs_bytes} beendet das System vielleicht einen Start.</translation>
    </message>
    <message>
        <source>Close other programs before you serve.</source>
        <translation>Vor dem Start andere Programme schließen.</translation>
    </message>
    <message>
        <source>The library libmpi, which TensorRT-LLM starts its workers with, is not here.</source>
        <translation>Die Bibliothek libmpi, mit der TensorRT-LLM seine Worker startet, ist nicht hier.</translation>
    </message>
    <message>
        <source>Run: {command}</source>
        <translation>Ausführen: {command}</translation>
    </message>
    <message>
        <source>The library libmpi is here, but its program mpirun is not.</source>
        <translation>Die Bibliothek libmpi ist hier, ihr Programm mpirun aber nicht.</translation>
    </message>
    <message>
        <source>The program uv, which makes the environment, is not here.</source>
        <translation>Das Programm uv, das die Umgebung anlegt, ist nicht hier.</translation>
    </message>
    <message>
        <source>Start Engineroom with packaging/launch.sh, which fetches it, or install uv.</source>
        <translation>Engineroom mit packaging/launch.sh starten, das es holt, oder uv installieren.</translation>
    </message>
    <message>
        <source>Python {python} is not here, and uv may not fetch it.</source>
        <translation>Python {python} ist nicht hier, und uv darf es nicht holen.</translation>
    </message>
    <message>
        <source>Install Python {python}.</source>
        <translation>Python {python} installieren.</translation>
    </message>
    <message>
        <source>Python {python} is not here.</source>
        <translation>Python {python} ist nicht hier.</translation>
    </message>
    <message>
        <source>uv will fetch it with the installation.</source>
        <translation>uv wird es bei der Installation holen.</translation>
    </message>
    <message>
        <source>Neither docker nor podman is here.</source>
        <translation>Weder docker noch podman ist hier.</translation>
    </message>
    <message>
        <source>Install one of them with the NVIDIA Container Toolkit, or install the environment instead (--kind venv).</source>
        <translation>Eines davon mit dem NVIDIA Container Toolkit installieren, oder statt dessen die Umgebung (--kind venv).</translation>
    </message>
    <message>
        <source>{program} does not answer: {reason}.</source>
        <translation>{program} antwortet nicht: {reason}.</translation>
    </message>
    <message>
        <source>Run: {command} - then look again.</source>
        <translation>Ausführen: {command} – dann erneut nachsehen.</translation>
    </message>
    <message>
        <source>Install nvidia-container-toolkit, then run: {command}</source>
        <translation>nvidia-container-toolkit installieren, dann ausführen: {command}</translation>
    </message>
    <message>
        <source>This user may not use {program}.</source>
        <translation>Dieser Benutzer darf {program} nicht benutzen.</translation>
    </message>
    <message>
        <source>{key} must be a table, not {got}</source>
        <translation>{key} muss eine Tabelle sein, nicht {got}</translation>
    </message>
    <message>
        <source>{key} must be an array of tables, not {got}</source>
        <translation>{key} muss eine Liste von Tabellen sein, nicht {got}</translation>
    </message>
    <message>
        <source>{key} must be a text, not {got}</source>
        <translation>{key} muss ein Text sein, nicht {got}</translation>
    </message>
    <message>
        <source>{key} must be an array of texts, not {got}</source>
        <translation>{key} muss eine Liste von Texten sein, nicht {got}</translation>
    </message>
    <message>
        <source>{key} must be a table of texts, not {got}</source>
        <translation>{key} muss eine Tabelle von Texten sein, nicht {got}</translation>
    </message>
    <message>
        <source>{key} must be true or false, not {got}</source>
        <translation>{key} muss true oder false sein, nicht {got}</translation>
    </message>
    <message>
        <source>{key} must be a whole number from {least} to {most}, not {got}</source>
        <translation>{key} muss eine ganze Zahl von {least} bis {most} sein, nicht {got}</translation>
    </message>
    <message>
        <source>{key} must be a number of MiB per second; it is {got}</source>
        <translation>{key} muss eine Zahl von MiB je Sekunde sein; angegeben ist {got}</translation>
    </message>
    <message>
        <source>{key} must be a number, the price of 1 kWh; it is {got}</source>
        <translation>{key} muss eine Zahl sein, der Preis von 1 kWh; angegeben ist {got}</translation>
    </message>
    <message>
        <source>{key} must be a number of minutes, or 0 for never; it is {got}</source>
        <translation>{key} muss eine Zahl von Minuten sein, oder 0 für nie; angegeben ist {got}</translation>
    </message>
    <message>
        <source>Run: {command} - then log in again; or use rootless podman.</source>
        <translation>Ausführen: {command} - danach neu anmelden; oder podman ohne Root-Rechte benutzen.</translation>
    </message>
    <message>
        <source>{program} cannot hand a card to a container: the NVIDIA Container Toolkit is not set up.</source>
        <translation>{program} kann einem Container keine Karte geben: das NVIDIA Container Toolkit ist nicht eingerichtet.</translation>
    </message>
    <message>
        <source>{program} cannot hand a card to a container, and there is no card.</source>
        <translation>{program} kann einem Container keine Karte geben, und es gibt keine.</translation>
    </message>
    <message>
        <source>Set up the NVIDIA Container Toolkit when there is one.</source>
        <translation>Das NVIDIA Container Toolkit einrichten, sobald es eine gibt.</translation>
    </message>
    <message>
        <source>its version cannot be read: {line}</source>
        <translation>die Version ist nicht zu lesen: {line}</translation>
    </message>
    <message>
        <source>it says that it is {found}, not {wanted}</source>
        <translation>es nennt sich {found}, nicht {wanted}</translation>
    </message>
    <message>
        <source>its torch was built for CUDA {found}, not {wanted}</source>
        <translation>torch wurde für CUDA {found} gebaut, nicht für {wanted}</translation>
    </message>
    <message>
        <source>&apos;trtllm-serve serve --help&apos; cannot be read: {line}</source>
        <translation>„trtllm-serve serve --help“ ist nicht zu lesen: {line}</translation>
    </message>
    <message>
        <source>&apos;trtllm-serve serve&apos; does not know {options}</source>
        <translation>„trtllm-serve serve“ kennt {options} nicht</translation>
    </message>
    <message>
        <source>the keys of its option file cannot be listed: {line}</source>
        <translation>die Schlüssel der Optionsdatei sind nicht zu ermitteln: {line}</translation>
    </message>
    <message>
        <source>its option file does not know {arguments}</source>
        <translation>die Optionsdatei kennt {arguments} nicht</translation>
    </message>
    <message>
        <source>it did not serve: {line}</source>
        <translation>kein Betrieb möglich: {line}</translation>
    </message>
    <message>
        <source>it did not serve: it ended with status {status}</source>
        <translation>kein Betrieb möglich: mit Status {status} beendet</translation>
    </message>
    <message>
        <source>it did not serve: it said nothing for {seconds} s</source>
        <translation>kein Betrieb möglich: {seconds} s lang keine Ausgabe</translation>
    </message>
    <message>
        <source>it did not call the tool it was offered; it answered {found}</source>
        <translation>es rief das angebotene Tool nicht auf; die Antwort war {found}</translation>
    </message>
    <message>
        <source>it has no parser for the tool calls of {model}, so none was asked for</source>
        <translation>es hat keinen Parser für die Tool-Aufrufe von {model}, daher wurde keiner verlangt</translation>
    </message>
    <message>
        <source>it is {percent} % slower than {reference}: {tokens_per_s} tokens/s against {reference_tokens_per_s}</source>
        <translation>es ist {percent} % langsamer als {reference}: {tokens_per_s} Token/s gegen {reference_tokens_per_s}</translation>
    </message>
    <message>
        <source>there is no runtime to compare its speed with</source>
        <translation>es gibt keine Runtime, mit der sich das Tempo vergleichen ließe</translation>
    </message>
    <message>
        <source>its speed could not be measured</source>
        <translation>das Tempo ließ sich nicht messen</translation>
    </message>
    <message>
        <source>not run: no card</source>
        <translation>nicht ausgeführt: keine Karte</translation>
    </message>
    <message>
        <source>not run: {card} is in use by {holders}. Stop what runs on it (engineroom stop), then run the gate again (engineroom runtimes gate)</source>
        <translation>nicht ausgeführt: {card} wird von {holders} benutzt. Beenden, was darauf läuft (engineroom stop), dann die Abnahme erneut ausführen (engineroom runtimes gate)</translation>
    </message>
    <message>
        <source>not run: no model to try it with</source>
        <translation>nicht ausgeführt: kein Modell zum Erproben</translation>
    </message>
    <message>
        <source>not run: a check before it failed</source>
        <translation>nicht ausgeführt: eine Prüfung davor schlug fehl</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>keine Berechtigung</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>der Vorgang ist nicht erlaubt</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>Datei oder Ordner nicht gefunden</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>auf dem Datenträger ist kein Platz mehr</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>das Kontingent auf dem Datenträger ist ausgeschöpft</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>die Datei ist zu groß</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>das Dateisystem ist nur lesbar</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>die Datei gibt es schon</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>es ist kein Ordner</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>es ist ein Ordner</translation>
    </message>
    <message>
        <source>Directory not empty</source>
        <translation>der Ordner ist nicht leer</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>der Dateiname ist zu lang</translation>
    </message>
    <message>
        <source>Too many levels of symbolic links</source>
        <translation>zu viele symbolische Links hintereinander</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>das Gerät oder die Ressource wird gerade benutzt</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>zu viele offene Dateien</translation>
    </message>
    <message>
        <source>Cannot allocate memory</source>
        <translation>es gibt nicht genug Speicher</translation>
    </message>
    <message>
        <source>Address already in use</source>
        <translation>die Adresse wird schon benutzt</translation>
    </message>
    <message>
        <source>Cannot assign requested address</source>
        <translation>diese Adresse gibt es auf diesem Computer nicht</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>die Verbindung wurde abgelehnt</translation>
    </message>
    <message>
        <source>Connection reset by peer</source>
        <translation>die Gegenseite hat die Verbindung abgebrochen</translation>
    </message>
    <message>
        <source>Connection timed out</source>
        <translation>keine Antwort innerhalb der Frist</translation>
    </message>
    <message>
        <source>No route to host</source>
        <translation>es gibt keinen Weg zu diesem Computer</translation>
    </message>
    <message>
        <source>Network is unreachable</source>
        <translation>das Netzwerk ist nicht erreichbar</translation>
    </message>
    <message>
        <source>Name or service not known</source>
        <translation>dieser Name ist im Netzwerk nicht bekannt</translation>
    </message>
    <message>
        <source>Temporary failure in name resolution</source>
        <translation>Namen im Netzwerk lassen sich zurzeit nicht auflösen</translation>
    </message>
    <message>
        <source>Resource temporarily unavailable</source>
        <translation>Ressource vorübergehend nicht verfügbar</translation>
    </message>
    <message>
        <source>Argument list too long</source>
        <translation>Die Argumentliste ist zu lang</translation>
    </message>
    <message>
        <source>Exec format error</source>
        <translation>Die Programmdatei hat ein falsches Format</translation>
    </message>
    <message>
        <source>Too many open files in system</source>
        <translation>Im System sind zu viele Dateien geöffnet</translation>
    </message>
    <message>
        <source>Text file busy</source>
        <translation>Die Programmdatei wird gerade benutzt</translation>
    </message>
    <message>
        <source>No such device</source>
        <translation>Dieses Gerät gibt es nicht</translation>
    </message>
    <message>
        <source>No such device or address</source>
        <translation>Dieses Gerät oder diese Adresse gibt es nicht</translation>
    </message>
    <message>
        <source>Broken pipe</source>
        <translation>Die Verbindung wurde unterbrochen</translation>
    </message>
    <message>
        <source>Software caused connection abort</source>
        <translation>Die Verbindung wurde von der Software abgebrochen</translation>
    </message>
    <message>
        <source>the program {program} does not start</source>
        <translation>das Programm {program} startet nicht</translation>
    </message>
    <message>
        <source>database or disk is full</source>
        <translation>die Datenbank oder der Datenträger ist voll</translation>
    </message>
    <message>
        <source>attempt to write a readonly database</source>
        <translation>die Datenbank ist nur lesbar</translation>
    </message>
    <message>
        <source>unable to open database file</source>
        <translation>die Datenbankdatei lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>database is locked</source>
        <translation>die Datenbank ist gesperrt</translation>
    </message>
    <message>
        <source>database disk image is malformed</source>
        <translation>die Datenbank ist beschädigt</translation>
    </message>
    <message>
        <source>file is not a database</source>
        <translation>die Datei ist keine Datenbank</translation>
    </message>
    <message>
        <source>disk I/O error</source>
        <translation>Ein-/Ausgabefehler des Datenträgers</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>Treiber</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Datenträger</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>line {row}, column {column}: neither a setting nor a table begins there</source>
        <translation>Zeile {row}, Spalte {column}: dort beginnt weder eine Einstellung noch eine Tabelle</translation>
    </message>
    <message>
        <source>line {row}, column {column}: an equals sign must follow the name of a setting</source>
        <translation>Zeile {row}, Spalte {column}: nach dem Namen einer Einstellung muss ein Gleichheitszeichen stehen</translation>
    </message>
    <message>
        <source>line {row}, column {column}: the value is missing or is none; texts stand in quotes</source>
        <translation>Zeile {row}, Spalte {column}: der Wert fehlt oder ist ungültig; Texte gehören in Anführungszeichen</translation>
    </message>
    <message>
        <source>line {row}, column {column}: the line should end there</source>
        <translation>Zeile {row}, Spalte {column}: dort müsste die Zeile enden</translation>
    </message>
    <message>
        <source>line {row}, column {column}: what is set there has been set before</source>
        <translation>Zeile {row}, Spalte {column}: was hier gesetzt wird, wurde weiter oben schon gesetzt</translation>
    </message>
    <message>
        <source>line {row}, column {column}: the name of a table must be closed with a bracket</source>
        <translation>Zeile {row}, Spalte {column}: hinter dem Namen der Tabelle fehlt die schließende Klammer</translation>
    </message>
    <message>
        <source>line {row}, column {column}: the text is not closed; a quote is missing</source>
        <translation>Zeile {row}, Spalte {column}: der Text wird nicht geschlossen; ein Anführungszeichen fehlt</translation>
    </message>
    <message>
        <source>line {row}, column {column}: the list or table is not closed</source>
        <translation>Zeile {row}, Spalte {column}: die Liste oder Tabelle wird nicht geschlossen</translation>
    </message>
    <message>
        <source>line {row}, column {column}: a backslash in a text must be doubled</source>
        <translation>Zeile {row}, Spalte {column}: ein Backslash im Text muss verdoppelt werden</translation>
    </message>
    <message>
        <source>line {row}, column {column}: this character may not stand there</source>
        <translation>Zeile {row}, Spalte {column}: dieses Zeichen ist dort nicht erlaubt</translation>
    </message>
    <message>
        <source>line {row}, column {column}: there is no such date or time</source>
        <translation>Zeile {row}, Spalte {column}: dieses Datum oder diese Uhrzeit gibt es nicht</translation>
    </message>
    <message>
        <source>line {row}, column {column} cannot be read: {said}</source>
        <translation>Zeile {row}, Spalte {column} ist nicht lesbar: {said}</translation>
    </message>
    <message>
        <source>it is no text in UTF-8</source>
        <translation>kein Text in UTF-8</translation>
    </message>
    <message>
        <source>line {row}, column {column} is no JSON</source>
        <translation>Zeile {row}, Spalte {column} ist kein gültiges JSON</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>zu tief verschachtelt</translation>
    </message>
    <message>
        <source>it is no JSON object</source>
        <translation>kein JSON-Objekt</translation>
    </message>
    <message>
        <source>a key comes twice</source>
        <translation>ein Schlüssel kommt doppelt vor</translation>
    </message>
    <message>
        <source>{field} is not known here</source>
        <translation>{field} ist hier nicht bekannt</translation>
    </message>
    <message>
        <source>{field} must be {expected}, not {got}</source>
        <translation>{field} muss {expected} sein, nicht {got}</translation>
    </message>
    <message>
        <source>{field} cannot be {got}</source>
        <translation>{field} kann nicht {got} sein</translation>
    </message>
    <message>
        <source>{field} must be {expected}</source>
        <translation>{field} muss {expected} sein</translation>
    </message>
    <message>
        <source>{field} is not accepted: {said}</source>
        <translation>{field} wird nicht angenommen: {said}</translation>
    </message>
    <message>
        <source>the engine refused it</source>
        <translation>die Engine hat sie abgelehnt</translation>
    </message>
    <message>
        <source>the chat template of this model takes no system prompt</source>
        <translation>die Chat-Vorlage dieses Modells kennt keinen System-Prompt</translation>
    </message>
    <message>
        <source>the chat template of this model wants questions and answers in turn</source>
        <translation>die Chat-Vorlage dieses Modells verlangt Fragen und Antworten im Wechsel</translation>
    </message>
    <message>
        <source>it is not in the form that was expected ({said})</source>
        <translation>nicht in der erwarteten Form ({said})</translation>
    </message>
    <message>
        <source>no answer to {path} within {seconds} s</source>
        <translation>keine Antwort auf {path} innerhalb von {seconds} s</translation>
    </message>
    <message>
        <source>{path} answered with status {status}: {said}</source>
        <translation>{path} antwortete mit Status {status}: {said}</translation>
    </message>
    <message>
        <source>its Python package {name} is not installed</source>
        <translation>ihr Python-Paket {name} ist nicht installiert</translation>
    </message>
    <message>
        <source>its library {library} is not here</source>
        <translation>ihre Bibliothek {library} fehlt</translation>
    </message>
    <message>
        <source>it cannot be loaded: {said}</source>
        <translation>sie lässt sich nicht laden: {said}</translation>
    </message>
    <message>
        <source>the environment has no packages</source>
        <translation>die Umgebung enthält keine Pakete</translation>
    </message>
    <message>
        <source>the image does not say where it came from</source>
        <translation>dem Image ist nicht zu entnehmen, woher es stammt</translation>
    </message>
    <message>
        <source>its program wrote nothing</source>
        <translation>das Programm dafür hat nichts geschrieben</translation>
    </message>
    <message>
        <source>its program did not write all that is needed, only {names}</source>
        <translation>das Programm dafür hat nicht alles Nötige geschrieben, nur {names}</translation>
    </message>
    <message>
        <source>its program wrote no config.json that can be read</source>
        <translation>das Programm dafür hat keine lesbare config.json geschrieben</translation>
    </message>
    <message>
        <source>it ended with status {status} and said nothing</source>
        <translation>ohne Ausgabe mit Status {status} beendet</translation>
    </message>
    <message>
        <source>what was exported cannot be read: {said}</source>
        <translation>das Exportierte ist nicht lesbar: {said}</translation>
    </message>
    <message>
        <source>{found} was exported instead of {expected}</source>
        <translation>exportiert wurde {found} statt {expected}</translation>
    </message>
    <message>
        <source>the exported weights are not quantised, and {expected} was wanted</source>
        <translation>die exportierten Gewichte sind nicht quantisiert, gewünscht war {expected}</translation>
    </message>
    <message>
        <source>{found_count} parameters were exported, and the model has {count}</source>
        <translation>exportiert wurden {found_count} Parameter, das Modell hat {count}</translation>
    </message>
    <message>
        <source>{size} bytes of weights were exported, and about {expected} were expected</source>
        <translation>exportiert wurden Gewichte von {size} Bytes, erwartet etwa {expected}</translation>
    </message>
    <message>
        <source>{name} was exported in the shape {found}, and the model&apos;s is {expected}</source>
        <translation>{name} wurde in der Form {found} exportiert, im Modell ist sie {expected}</translation>
    </message>
    <message>
        <source>several machines are needed, each named once; for one with several cards there is engineroom build --gpus</source>
        <translation>mehrere Maschinen sind nötig, jede einmal genannt; für eine mit mehreren Karten gibt es engineroom build --gpus</translation>
    </message>
    <message>
        <source>{name} is neither a name nor an address of a machine</source>
        <translation>{name} ist weder Name noch Adresse einer Maschine</translation>
    </message>
    <message>
        <source>{count} cards in each machine are not possible: it is 1 to {most}</source>
        <translation>{count} Karten je Maschine sind nicht möglich: erlaubt sind 1 bis {most}</translation>
    </message>
    <message>
        <source>a compiled engine is made for its ranks on each machine; build the kind checkpoint</source>
        <translation>eine kompilierte Engine entsteht für ihre Ränge auf jeder Maschine; die Art checkpoint bauen</translation>
    </message>
    <message>
        <source>how TensorRT-LLM {version} starts its ranks over several machines is not known here, only {first} up to below {beyond}</source>
        <translation>wie TensorRT-LLM {version} seine Ränge über mehrere Maschinen startet, ist hier nicht bekannt, nur für {first} bis unter {beyond}</translation>
    </message>
    <message>
        <source>its {heads} attention heads cannot be spread evenly over {count} cards</source>
        <translation>die {heads} Attention-Heads lassen sich nicht gleichmäßig auf {count} Karten verteilen</translation>
    </message>
    <message>
        <source>there is no certificate in PEM form in it</source>
        <translation>sie enthält kein Zertifikat im PEM-Format</translation>
    </message>
    <message>
        <source>it is damaged, or not in PEM form</source>
        <translation>sie ist beschädigt oder nicht im PEM-Format</translation>
    </message>
    <message>
        <source>it is locked with a password, and nobody is asked for one here</source>
        <translation>sie ist mit einem Kennwort geschützt, und hier wird nach keinem gefragt</translation>
    </message>
    <message>
        <source>the key does not belong to the certificate</source>
        <translation>der Schlüssel gehört nicht zum Zertifikat</translation>
    </message>
    <message>
        <source>its key or its signature is too weak for today&apos;s rules</source>
        <translation>Schlüssel oder Signatur sind nach heutigen Regeln zu schwach</translation>
    </message>
    <message>
        <source>it is not a key that was made here</source>
        <translation>der Schlüssel wurde nicht hier erzeugt</translation>
    </message>
    <message>
        <source>it is not accepted: {said}</source>
        <translation>sie wird nicht angenommen: {said}</translation>
    </message>
</context>
<context>
    <name>energy</name>
    <message>
        <source>no price set</source>
        <translation>kein Preis gesetzt</translation>
    </message>
    <message>
        <source>{energy} J</source>
        <translation>{energy} J</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Requests that were answered, also in part</source>
        <translation>Beantwortete Anfragen, auch teilweise beantwortete</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>Token ein</translation>
    </message>
    <message>
        <source>Tokens of the prompts</source>
        <translation>Token der Prompts</translation>
    </message>
    <message>
        <source>Tokens out</source>
        <translation>Token aus</translation>
    </message>
    <message>
        <source>Tokens of the answers</source>
        <translation>Token der Antworten</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>Energie</translation>
    </message>
    <message>
        <source>What the cards drew while these requests ran, by their shares</source>
        <translation>Was die Karten während dieser Anfragen aufnahmen, nach Anteilen</translation>
    </message>
    <message>
        <source>Above idle</source>
        <translation>Über Leerlauf</translation>
    </message>
    <message>
        <source>The part of it that exceeds idling</source>
        <translation>Der Teil davon, der über den Leerlauf hinausgeht</translation>
    </message>
    <message>
        <source>Per token</source>
        <translation>Pro Token</translation>
    </message>
    <message>
        <source>Energy for each token of the answers</source>
        <translation>Energie pro Token der Antworten</translation>
    </message>
    <message>
        <source>Wh</source>
        <translation>Wh</translation>
    </message>
    <message>
        <source>The same energy as an electricity meter counts it</source>
        <translation>Dieselbe Energie, wie ein Stromzähler sie zählt</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>At the price per kWh of the settings</source>
        <translation>Zum Preis pro kWh aus den Einstellungen</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>geschätzt</translation>
    </message>
</context>
<context>
    <name>engines</name>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Holen</translation>
    </message>
    <message>
        <source>Quantise</source>
        <translation>Quantisieren</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>Umwandeln</translation>
    </message>
    <message>
        <source>Compile</source>
        <translation>Kompilieren</translation>
    </message>
    <message>
        <source>Configure</source>
        <translation>Konfigurieren</translation>
    </message>
    <message>
        <source>Trial run</source>
        <translation>Probelauf</translation>
    </message>
    <message>
        <source>Seal</source>
        <translation>Versiegeln</translation>
    </message>
    <message>
        <source>Load time</source>
        <translation>Ladezeit</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>Zeit bis zum ersten Token</translation>
    </message>
    <message>
        <source>One stream</source>
        <translation>Ein Stream</translation>
    </message>
    <message>
        <source>All streams</source>
        <translation>Alle Streams</translation>
    </message>
    <message>
        <source>Energy of a token</source>
        <translation>Energie pro Token</translation>
    </message>
    <message>
        <source>Energy of a token, all streams</source>
        <translation>Energie pro Token, alle Streams</translation>
    </message>
    <message>
        <source>GPU memory, at most</source>
        <translation>GPU-Speicher, höchstens</translation>
    </message>
    <message>
        <source>GPU memory, after answers</source>
        <translation>GPU-Speicher, nach Antworten</translation>
    </message>
    <message>
        <source>Main memory, at most</source>
        <translation>Hauptspeicher, höchstens</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Revision</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Präzision</translation>
    </message>
    <message>
        <source>Cache format</source>
        <translation>Cache-Format</translation>
    </message>
    <message>
        <source>Context asked for</source>
        <translation>Verlangter Kontext</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>Anfragen gleichzeitig</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>Karten</translation>
    </message>
    <message>
        <source>Runtime version</source>
        <translation>Runtime-Version</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>Treiber</translation>
    </message>
    <message>
        <source>Called a tool</source>
        <translation>Rief ein Tool auf</translation>
    </message>
    <message>
        <source>Kept to a schema</source>
        <translation>Hielt ein Schema ein</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>checkpoint</source>
        <translation>Checkpoint</translation>
    </message>
    <message>
        <source>compiled</source>
        <translation>kompiliert</translation>
    </message>
    <message>
        <source>It was built for {built}, which is not here now.</source>
        <translation>Gebaut für {built}, die jetzt nicht hier ist.</translation>
    </message>
    <message>
        <source>It was built with driver {built}; now it is {now}.</source>
        <translation>Gebaut mit Treiber {built}; jetzt ist es {now}.</translation>
    </message>
    <message>
        <source>Its runtime {built} is not installed any more.</source>
        <translation>Ihre Runtime {built} ist nicht mehr installiert.</translation>
    </message>
    <message>
        <source>Its runtime was {built} and is {now} now.</source>
        <translation>Ihre Runtime war {built} und ist jetzt {now}.</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>under 1 ms</source>
        <translation>unter 1 ms</translation>
    </message>
    <message>
        <source>no estimate</source>
        <translation>keine Schätzung</translation>
    </message>
    <message>
        <source>about {value}</source>
        <translation>etwa {value}</translation>
    </message>
    <message>
        <source>{value} ({range})</source>
        <translation>{value} ({range})</translation>
    </message>
    <message>
        <source>{percent} of it</source>
        <translation>{percent} davon</translation>
    </message>
    <message>
        <source>{count} times it</source>
        <translation>{count}-mal so viel</translation>
    </message>
    <message>
        <source>should be built again</source>
        <translation>neu zu bauen</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} Token</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>etwa {time}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>What is planned are estimates for the PyTorch backend; a compiled engine may need more or less. The next plan of one starts from what this trial measured.</source>
        <translation>Die Planwerte sind Schätzungen für das PyTorch-Backend; eine kompilierte Engine kann mehr oder weniger brauchen. Der nächste Plan einer solchen geht von dem aus, was dieser Probelauf gemessen hat.</translation>
    </message>
</context>
<context>
    <name>fixes</name>
    <message>
        <source>Serve with half the context</source>
        <translation>Mit halbem Kontext starten</translation>
    </message>
    <message>
        <source>Serve half as many requests at once</source>
        <translation>Halb so viele Anfragen gleichzeitig beantworten</translation>
    </message>
    <message>
        <source>Read prompts in smaller pieces</source>
        <translation>Prompts in kleineren Stücken lesen</translation>
    </message>
    <message>
        <source>Give the cache less of the free memory</source>
        <translation>Dem Cache weniger vom freien Speicher geben</translation>
    </message>
    <message>
        <source>Keep the cache in FP8, in half the room</source>
        <translation>Den Cache in FP8 halten, auf halbem Platz</translation>
    </message>
    <message>
        <source>Let the checkpoint say how the cache is kept</source>
        <translation>Den Checkpoint bestimmen lassen, wie der Cache gehalten wird</translation>
    </message>
    <message>
        <source>Let the engine listen on another port</source>
        <translation>Die Engine an einem anderen Port lauschen lassen</translation>
    </message>
    <message>
        <source>Start without the option this version does not know</source>
        <translation>Ohne die Option starten, die diese Version nicht kennt</translation>
    </message>
    <message>
        <source>Load the weights one after the other, in less main memory</source>
        <translation>Gewichte nacheinander laden, mit weniger Hauptspeicher</translation>
    </message>
    <message>
        <source>Let the cards exchange data the plain way, through NCCL</source>
        <translation>Karten Daten auf einfache Art austauschen lassen, über NCCL</translation>
    </message>
    <message>
        <source>Let the cards exchange data through main memory</source>
        <translation>Karten Daten über den Hauptspeicher austauschen lassen</translation>
    </message>
    <message>
        <source>Use the compiler of the CUDA toolkit</source>
        <translation>Den Compiler des CUDA-Toolkits verwenden</translation>
    </message>
    <message>
        <source>Let MPI start more processes than it counts places for</source>
        <translation>MPI mehr Prozesse starten lassen, als es Plätze zählt</translation>
    </message>
    <message>
        <source>Start the engine again</source>
        <translation>Die Engine neu starten</translation>
    </message>
    <message>
        <source>Make a new plan</source>
        <translation>Einen neuen Plan machen</translation>
    </message>
    <message>
        <source>Choose a checkpoint of the model in another precision</source>
        <translation>Einen Checkpoint des Modells in anderer Präzision wählen</translation>
    </message>
    <message>
        <source>Choose another model</source>
        <translation>Ein anderes Modell wählen</translation>
    </message>
    <message>
        <source>Choose another runtime</source>
        <translation>Eine andere Runtime wählen</translation>
    </message>
    <message>
        <source>Spread the model over more cards</source>
        <translation>Das Modell auf mehr Karten verteilen</translation>
    </message>
    <message>
        <source>Spread the model over fewer cards</source>
        <translation>Das Modell auf weniger Karten verteilen</translation>
    </message>
    <message>
        <source>Ask the installed runtime again what it knows</source>
        <translation>Die installierte Runtime neu befragen, was sie kennt</translation>
    </message>
    <message>
        <source>Install the runtime anew</source>
        <translation>Die Runtime neu installieren</translation>
    </message>
    <message>
        <source>Install a newer version of the runtime</source>
        <translation>Eine neuere Version der Runtime installieren</translation>
    </message>
    <message>
        <source>Fetch the container image again</source>
        <translation>Das Container-Image neu holen</translation>
    </message>
    <message>
        <source>Fetch the model again; what is here is kept</source>
        <translation>Das Modell neu holen; was hier ist, bleibt</translation>
    </message>
    <message>
        <source>End what else holds memory of the card</source>
        <translation>Beenden, was sonst Speicher der Karte belegt</translation>
    </message>
    <message>
        <source>Have the system give back memory it keeps files in</source>
        <translation>Das System Speicher zurückgeben lassen, in dem es Dateien hält</translation>
    </message>
    <message>
        <source>Free space on the disk</source>
        <translation>Platz auf dem Datenträger schaffen</translation>
    </message>
    <message>
        <source>Give this user back the folder; a container may have written it as root</source>
        <translation>Den Ordner diesem Konto zurückgeben; ein Container schrieb ihn vielleicht als root</translation>
    </message>
    <message>
        <source>Update the NVIDIA driver to 580 or newer</source>
        <translation>Den NVIDIA-Treiber auf 580 oder neuer aktualisieren</translation>
    </message>
    <message>
        <source>Remove the cuda-compat package</source>
        <translation>Das Paket cuda-compat entfernen</translation>
    </message>
    <message>
        <source>Check that the driver sees the card</source>
        <translation>Prüfen, ob der Treiber die Karte sieht</translation>
    </message>
    <message>
        <source>Let several programs compute on the card at once</source>
        <translation>Mehrere Programme zugleich auf der Karte rechnen lassen</translation>
    </message>
    <message>
        <source>Restart the computer</source>
        <translation>Den Computer neu starten</translation>
    </message>
    <message>
        <source>Install Open MPI</source>
        <translation>Open MPI installieren</translation>
    </message>
    <message>
        <source>Start from a shell that belongs to no cluster job</source>
        <translation>Aus einer Shell starten, die zu keinem Cluster-Job gehört</translation>
    </message>
    <message>
        <source>Let the container share the host&apos;s memory segments</source>
        <translation>Den Container die Speichersegmente des Hosts mitnutzen lassen</translation>
    </message>
    <message>
        <source>Start the container service</source>
        <translation>Den Container-Dienst starten</translation>
    </message>
    <message>
        <source>Add this user to the docker group and sign in again</source>
        <translation>Dieses Konto in die Gruppe docker aufnehmen und neu anmelden</translation>
    </message>
    <message>
        <source>Install the NVIDIA Container Toolkit</source>
        <translation>Das NVIDIA Container Toolkit installieren</translation>
    </message>
    <message>
        <source>Remove the container an earlier start left</source>
        <translation>Den Container entfernen, den ein früherer Start hinterließ</translation>
    </message>
    <message>
        <source>Accept the model&apos;s terms on its page</source>
        <translation>Die Bedingungen des Modells auf seiner Seite annehmen</translation>
    </message>
    <message>
        <source>Set a Hugging Face token that may read the model</source>
        <translation>Ein Hugging-Face-Token setzen, das das Modell lesen darf</translation>
    </message>
    <message>
        <source>Connect to the network</source>
        <translation>Mit dem Netzwerk verbinden</translation>
    </message>
    <message>
        <source>Wait a while and try again</source>
        <translation>Eine Weile warten und erneut versuchen</translation>
    </message>
    <message>
        <source>It needs the rights of an administrator, which Engineroom never asks for.</source>
        <translation>Dafür sind Administratorrechte nötig, die Engineroom nie verlangt.</translation>
    </message>
    <message>
        <source>Only you can agree to somebody&apos;s terms, signed in as yourself.</source>
        <translation>Nur Sie selbst können, unter Ihrem eigenen Konto, den Bedingungen zustimmen.</translation>
    </message>
    <message>
        <source>A token is yours to give; it is asked for when you run the command.</source>
        <translation>Ein Token können nur Sie angeben; der Befehl fragt danach.</translation>
    </message>
    <message>
        <source>What to give up of your own is for you to choose.</source>
        <translation>Worauf Sie verzichten möchten, entscheiden Sie selbst.</translation>
    </message>
    <message>
        <source>It is decided outside this program.</source>
        <translation>Das wird außerhalb dieses Programms entschieden.</translation>
    </message>
    <message>
        <source>This computer has no other number of such cards to offer.</source>
        <translation>Dieser Computer hat keine andere Anzahl solcher Karten zu bieten.</translation>
    </message>
    <message>
        <source>Nothing else is known that would run on this card.</source>
        <translation>Es ist nichts anderes bekannt, das auf dieser Karte liefe.</translation>
    </message>
    <message>
        <source>A new plan makes this very engine again. If its files are not what they were, remove it and build it anew.</source>
        <translation>Ein neuer Plan ergibt wieder genau diese Engine. Sind ihre Dateien nicht mehr, was sie waren, entfernen Sie sie und bauen Sie sie neu.</translation>
    </message>
    <message>
        <source>Where this model came from is not known, so it cannot be made again by itself.</source>
        <translation>Woher dieses Modell stammt, ist nicht bekannt; es lässt sich daher nicht von selbst neu erstellen.</translation>
    </message>
    <message>
        <source>{fix}: it stopped half way, and no engine was started. {why}</source>
        <translation>{fix}: auf halbem Weg stehen geblieben, es wurde keine Engine gestartet. {why}</translation>
    </message>
    <message>
        <source>{fix}: its job has failed. {why}</source>
        <translation>{fix}: Der Auftrag ist fehlgeschlagen. {why}</translation>
    </message>
    <message>
        <source>{fix}: its job is under way; an engine is started when it is done.</source>
        <translation>{fix}: Der Auftrag läuft; danach wird eine Engine gestartet.</translation>
    </message>
    <message>
        <source>{knob}: {before} -&gt; {after}</source>
        <translation>{knob}: {before} → {after}</translation>
    </message>
    <message>
        <source>{knob}: not set -&gt; {after}</source>
        <translation>{knob}: nicht gesetzt → {after}</translation>
    </message>
    <message>
        <source>{knob}: {before} -&gt; not set</source>
        <translation>{knob}: {before} → nicht gesetzt</translation>
    </message>
    <message>
        <source>stop {engine}</source>
        <translation>{engine} stoppen</translation>
    </message>
    <message>
        <source>end {program} (pid {pid}), which an earlier start left</source>
        <translation>{program} (PID {pid}) beenden, das ein früherer Start hinterließ</translation>
    </message>
    <message>
        <source>end {program} (pid {pid}), a program of yours, if you name it</source>
        <translation>{program} (PID {pid}), ein Programm von Ihnen, beenden, wenn Sie es nennen</translation>
    </message>
    <message>
        <source>end {program} (pid {pid}, {held_bytes}), a program of yours, if you name it</source>
        <translation>{program} (PID {pid}, {held_bytes}), ein Programm von Ihnen, beenden, wenn Sie es nennen</translation>
    </message>
    <message>
        <source>{program} (pid {pid}) holds {held_bytes}</source>
        <translation>{program} (PID {pid}) belegt {held_bytes}</translation>
    </message>
    <message>
        <source>{program} (pid {pid}) holds memory</source>
        <translation>{program} (PID {pid}) belegt Speicher</translation>
    </message>
    <message>
        <source>put {runtime} through its gate again</source>
        <translation>{runtime} erneut durch die Abnahme schicken</translation>
    </message>
    <message>
        <source>install {runtime} anew beside itself and replace it when its gate is passed</source>
        <translation>{runtime} daneben neu installieren und ersetzen, sobald die Abnahme bestanden ist</translation>
    </message>
    <message>
        <source>fetch the image of {runtime} anew and replace it when its gate is passed</source>
        <translation>das Image von {runtime} neu holen und ersetzen, sobald die Abnahme bestanden ist</translation>
    </message>
    <message>
        <source>install the newest known TensorRT-LLM beside {runtime}</source>
        <translation>das neueste bekannte TensorRT-LLM neben {runtime} installieren</translation>
    </message>
    <message>
        <source>fetch {repo} again; what is whole here is kept</source>
        <translation>{repo} neu holen; was hier vollständig ist, bleibt</translation>
    </message>
    <message>
        <source>fetch {repo} ({variant}), which llama.cpp serves</source>
        <translation>{repo} ({variant}) holen; das betreibt llama.cpp</translation>
    </message>
    <message>
        <source>build {model} as a new plan has it</source>
        <translation>{model} nach einem neuen Plan bauen</translation>
    </message>
    <message>
        <source>build {model} in {precision} for the same card</source>
        <translation>{model} in {precision} für dieselbe Karte bauen</translation>
    </message>
    <message>
        <source>build {model} over {cards} cards</source>
        <translation>{model} über {cards} Karten bauen</translation>
    </message>
    <message>
        <source>build {model} over one card</source>
        <translation>{model} für eine einzige Karte bauen</translation>
    </message>
    <message>
        <source>build {model} with {runtime}</source>
        <translation>{model} mit {runtime} bauen</translation>
    </message>
    <message>
        <source>build {model} for TensorRT-LLM</source>
        <translation>{model} für TensorRT-LLM bauen</translation>
    </message>
    <message>
        <source>start the new one</source>
        <translation>die neue Engine starten</translation>
    </message>
    <message>
        <source>start {engine} again</source>
        <translation>{engine} neu starten</translation>
    </message>
    <message>
        <source>build the engine again with it, and start that</source>
        <translation>die Engine damit neu bauen und diese starten</translation>
    </message>
    <message>
        <source>job {job} has begun: engineroom jobs</source>
        <translation>der Auftrag {job} hat begonnen: engineroom jobs</translation>
    </message>
    <message>
        <source>taken back by: engineroom doctor {engine} --undo</source>
        <translation>zurückzunehmen mit: engineroom doctor {engine} --undo</translation>
    </message>
    <message>
        <source>the plan: {precision}, {context_tokens} tokens of context, {concurrency} at once, on {gpus} x {gpu}: it fits</source>
        <translation>der Plan, der passt: {precision}, {context_tokens} Token Kontext, {concurrency} gleichzeitig, auf {gpus} × {gpu}</translation>
    </message>
    <message>
        <source>the plan: {precision}, {context_tokens} tokens of context, {concurrency} at once, on {gpus} x {gpu}: it is tight</source>
        <translation>der Plan, der knapp ist: {precision}, {context_tokens} Token Kontext, {concurrency} gleichzeitig, auf {gpus} × {gpu}</translation>
    </message>
    <message>
        <source>the plan: {precision}, {context_tokens} tokens of context, {concurrency} at once, on {gpus} x {gpu}: it may not fit</source>
        <translation>der Plan, der vielleicht nicht passt: {precision}, {context_tokens} Token Kontext, {concurrency} gleichzeitig, auf {gpus} × {gpu}</translation>
    </message>
    <message>
        <source>memory of each card: {total_bytes} of {card_bytes} (estimate)</source>
        <translation>Speicher jeder Karte: {total_bytes} von {card_bytes} (Schätzung)</translation>
    </message>
    <message>
        <source>it is done only with a yes: {reason}</source>
        <translation>nur mit Ihrer Zustimmung: {reason}</translation>
    </message>
    <message>
        <source>the new engine is {engine}; {old} stays as it is</source>
        <translation>die neue Engine ist {engine}; {old} bleibt, wie sie ist</translation>
    </message>
    <message>
        <source>to fetch: {fetch_bytes}</source>
        <translation>zu holen: {fetch_bytes}</translation>
    </message>
    <message>
        <source>to fetch: {fetch_bytes}, {free_bytes} are free</source>
        <translation>zu holen: {fetch_bytes}; frei sind {free_bytes}</translation>
    </message>
    <message>
        <source>TensorRT-LLM {version} can be installed here as a container</source>
        <translation>TensorRT-LLM {version} lässt sich hier als Container installieren</translation>
    </message>
    <message>
        <source>TensorRT-LLM {version} can be installed here as an environment</source>
        <translation>TensorRT-LLM {version} lässt sich hier als Umgebung installieren</translation>
    </message>
</context>
<context>
    <name>hardware</name>
    <message>
        <source>power limit</source>
        <translation>Leistungsgrenze</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>temperature (by the hardware)</source>
        <translation>Temperatur (durch die Hardware)</translation>
    </message>
    <message>
        <source>hardware slowdown</source>
        <translation>Hardware-Drosselung</translation>
    </message>
    <message>
        <source>power brake of the computer</source>
        <translation>Leistungsbremse des Computers</translation>
    </message>
    <message>
        <source>the pace of other cards</source>
        <translation>Takt anderer Karten</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>This card fell off the bus</source>
        <translation>Diese Karte ist vom Bus verschwunden</translation>
    </message>
    <message>
        <source>What ran on it was stopped. It is looked for again by itself; once it is back, serve again. If it stays away, restart the computer and check its power cable and cooling.</source>
        <translation>Was darauf lief, wurde gestoppt. Nach ihr wird von selbst weiter gesucht; ist sie wieder da, das Modell neu starten. Bleibt sie weg, den Computer neu starten und ihr Stromkabel und die Kühlung prüfen.</translation>
    </message>
    <message>
        <source>no access</source>
        <translation>kein Zugriff</translation>
    </message>
    <message>
        <source>Your user may not open this card</source>
        <translation>Das eigene Konto darf diese Karte nicht öffnen</translation>
    </message>
    <message>
        <source>Give your user access to the /dev/nvidia devices, or pass the card into the container.</source>
        <translation>Dem eigenen Konto Zugriff auf die Geräte /dev/nvidia geben oder die Karte in den Container durchreichen.</translation>
    </message>
    <message>
        <source>published</source>
        <translation>veröffentlicht</translation>
    </message>
    <message>
        <source>from clock and bus width</source>
        <translation>aus Takt und Busbreite</translation>
    </message>
    <message>
        <source>Memory in use: not reported</source>
        <translation>Belegter Speicher: nicht gemeldet</translation>
    </message>
    <message>
        <source>{used} used, {free} free</source>
        <translation>{used} belegt, {free} frei</translation>
    </message>
    <message>
        <source>{ours} ours, {others} others, {free} free</source>
        <translation>{ours} eigene, {others} andere, {free} frei</translation>
    </message>
    <message>
        <source>Clock limits: not reported</source>
        <translation>Taktgrenzen: nicht gemeldet</translation>
    </message>
    <message>
        <source>Nothing holds the clocks down</source>
        <translation>Nichts begrenzt den Takt</translation>
    </message>
    <message>
        <source>Clocks held down by: {reasons}</source>
        <translation>Takt begrenzt durch: {reasons}</translation>
    </message>
    <message>
        <source>{drawn} of {limit}</source>
        <translation>{drawn} von {limit}</translation>
    </message>
    <message>
        <source>Power, with its CPU</source>
        <translation>Leistung, mit CPU</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>not in the bundled table</source>
        <translation>nicht in der mitgelieferten Tabelle</translation>
    </message>
    <message>
        <source>Error Xid {code} at {at}: {meaning}.</source>
        <translation>Fehler Xid {code} um {at}: {meaning}.</translation>
    </message>
    <message>
        <source>{degrees}, {margin}° left</source>
        <translation>{degrees}, {margin}° Reserve</translation>
    </message>
    <message>
        <source>{degrees}, {margin}° too hot</source>
        <translation>{degrees}, {margin}° zu heiß</translation>
    </message>
    <message>
        <source>{sm} / {memory} MHz</source>
        <translation>{sm} / {memory} MHz</translation>
    </message>
    <message>
        <source>unknown program</source>
        <translation>unbekanntes Programm</translation>
    </message>
    <message>
        <source>{program} (ours, {pid})</source>
        <translation>{program} (eigenes, {pid})</translation>
    </message>
    <message>
        <source>Compute capability</source>
        <translation>Compute Capability</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Memory bandwidth</source>
        <translation>Speicherbandbreite</translation>
    </message>
    <message>
        <source>Power limits</source>
        <translation>Leistungsgrenzen</translation>
    </message>
    <message>
        <source>Power is of</source>
        <translation>Leistung gilt für</translation>
    </message>
    <message>
        <source>the whole module, CPU included</source>
        <translation>das ganze Modul, samt CPU</translation>
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
        <translation>Compute Mode</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>Anzeige</translation>
    </message>
    <message>
        <source>Kept for the system</source>
        <translation>Fürs System reserviert</translation>
    </message>
    <message>
        <source>Addressing</source>
        <translation>Adressierung</translation>
    </message>
    <message>
        <source>Driver model</source>
        <translation>Treibermodell</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>Treiber</translation>
    </message>
    <message>
        <source>CUDA, newest possible</source>
        <translation>CUDA, höchstens</translation>
    </message>
    <message>
        <source>PCI address</source>
        <translation>PCI-Adresse</translation>
    </message>
    <message>
        <source>UUID</source>
        <translation>UUID</translation>
    </message>
    <message>
        <source>{rate} ({origin})</source>
        <translation>{rate} ({origin})</translation>
    </message>
    <message>
        <source>{low} to {high}, normally {default}</source>
        <translation>{low} bis {high}, normal {default}</translation>
    </message>
    <message>
        <source>generation {generation}, {width} lanes</source>
        <translation>Generation {generation}, {width} Lanes</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>{n} links</source>
        <translation>{n} Links</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>{name}, {memory}</source>
        <translation>{name}, {memory}</translation>
    </message>
</context>
<context>
    <name>keeping</name>
    <message>
        <source>Pinned: it stays loaded and makes room for no other.</source>
        <translation>Angepinnt: Es bleibt geladen und macht für kein anderes Platz.</translation>
    </message>
    <message>
        <source>It makes room for {other} next.</source>
        <translation>Es macht als Nächstes Platz für {other}.</translation>
    </message>
    <message>
        <source>It stays until it is stopped, or another needs its memory.</source>
        <translation>Es bleibt, bis es gestoppt wird oder ein anderes seinen Speicher braucht.</translation>
    </message>
    <message>
        <source>It is unloaded {time} after its last answer.</source>
        <translation>Es wird {time} nach seiner letzten Antwort entladen.</translation>
    </message>
    <message>
        <source>It is unloaded in {time} unless it is asked.</source>
        <translation>Es wird in {time} entladen, wenn niemand fragt.</translation>
    </message>
    <message>
        <source>{waiting} of at most {most} requests wait.</source>
        <translation>{waiting} von höchstens {most} Anfragen warten.</translation>
    </message>
    <message>
        <source>{waiting} of at most {most} requests wait, the first for {time}.</source>
        <translation>{waiting} von höchstens {most} Anfragen warten, die erste seit {time}.</translation>
    </message>
    <message>
        <source>{model}: {what}</source>
        <translation>{model}: {what}</translation>
    </message>
</context>
<context>
    <name>link</name>
    <message>
        <source>the connection was closed</source>
        <translation>die Verbindung wurde geschlossen</translation>
    </message>
    <message>
        <source>no answer came in time</source>
        <translation>es kam rechtzeitig keine Antwort</translation>
    </message>
    <message>
        <source>its answer cannot be read ({said})</source>
        <translation>die Antwort ist nicht lesbar ({said})</translation>
    </message>
    <message>
        <source>no answer comes through the tunnel</source>
        <translation>durch den Tunnel kommt keine Antwort</translation>
    </message>
    <message>
        <source>ssh ended with status {code}</source>
        <translation>ssh endete mit Status {code}</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>Fit, memory and speed are estimates for the {card}</source>
        <translation>Eignung, Speicher und Tempo sind Schätzungen für die {card}</translation>
    </message>
    <message>
        <source>No NVIDIA card here: fit, memory and speed are estimates for an {card} you could have</source>
        <translation>Keine NVIDIA-Karte hier: Eignung, Speicher und Tempo sind Schätzungen für eine mögliche {card}</translation>
    </message>
    <message>
        <source>No models without the engine room</source>
        <translation>Keine Modelle ohne den Maschinenraum</translation>
    </message>
    <message>
        <source>It knows what is here and what fits. Start it, and the list appears.</source>
        <translation>Er weiß, was hier ist und was passt. Ist er gestartet, erscheint die Liste.</translation>
    </message>
    <message>
        <source>Nothing is asked of the Hub. What is on this computer works.</source>
        <translation>Vom Hub wird nichts erfragt. Was auf diesem Computer ist, funktioniert.</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>No models on this computer yet</source>
        <translation>Noch keine Modelle auf diesem Computer</translation>
    </message>
    <message>
        <source>Get one of the recommended ones, or drop a GGUF file here.</source>
        <translation>Eines der empfohlenen holen oder eine GGUF-Datei hierher ziehen.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Try fewer or other words.</source>
        <translation>Weniger oder andere Wörter versuchen.</translation>
    </message>
    <message>
        <source>Planning the recommended models …</source>
        <translation>Empfohlene Modelle werden geplant …</translation>
    </message>
    <message>
        <source>Searching …</source>
        <translation>Suche läuft …</translation>
    </message>
    <message>
        <source>Looking through this computer …</source>
        <translation>Dieser Computer wird durchsucht …</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>Wartet, bis es an der Reihe ist</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Lädt herunter</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Checking what arrived</source>
        <translation>Prüft, was ankam</translation>
    </message>
    <message>
        <source>Putting it in its place</source>
        <translation>Legt es an seinen Platz</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Importiert</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Prüft</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Exportiert</translation>
    </message>
    <message>
        <source>Building</source>
        <translation>Baut</translation>
    </message>
    <message>
        <source>Installing</source>
        <translation>Installiert</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Agenten</translation>
    </message>
    <message>
        <source>Vision</source>
        <translation>Bilder verstehen</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>Embedding</translation>
    </message>
    <message>
        <source>Reranking</source>
        <translation>Reranking</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text and pictures</source>
        <translation>Text und Bilder</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Text, pictures and sound</source>
        <translation>Text, Bilder und Ton</translation>
    </message>
    <message>
        <source>came with Engineroom</source>
        <translation>kam mit Engineroom</translation>
    </message>
    <message>
        <source>named in the settings</source>
        <translation>in den Einstellungen genannt</translation>
    </message>
    <message>
        <source>imported; the file stays where it is</source>
        <translation>importiert; die Datei bleibt, wo sie ist</translation>
    </message>
    <message>
        <source>in the shared model cache</source>
        <translation>im gemeinsamen Modell-Cache</translation>
    </message>
    <message>
        <source>A token is stored in this system&apos;s keyring.</source>
        <translation>Ein Token ist im Schlüsselbund dieses Systems gespeichert.</translation>
    </message>
    <message>
        <source>A token is stored in a file that only your user can read (mode 0600); there is no keyring here.</source>
        <translation>Ein Token ist in einer Datei gespeichert, die nur das eigene Konto lesen kann (Modus 0600); hier gibt es keinen Schlüsselbund.</translation>
    </message>
    <message>
        <source>The token comes from the environment variable HF_TOKEN, which goes first.</source>
        <translation>Das Token kommt aus der Umgebungsvariablen HF_TOKEN, die Vorrang hat.</translation>
    </message>
    <message>
        <source>The token that other Hugging Face tools of yours stored is used.</source>
        <translation>Das Token, das andere Hugging-Face-Werkzeuge gespeichert haben, wird verwendet.</translation>
    </message>
    <message>
        <source>No token is stored.</source>
        <translation>Kein Token gespeichert.</translation>
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
        <translation>auf der CPU</translation>
    </message>
    <message>
        <source>other licence</source>
        <translation>andere Lizenz</translation>
    </message>
    <message>
        <source>{n} downloads</source>
        <translation>{n} Downloads</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{rate}/s</source>
        <translation>{rate}/s</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>{s} s</source>
        <translation>{s} s</translation>
    </message>
    <message>
        <source>{m} min {s} s</source>
        <translation>{m} min {s} s</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h} h {m} min</translation>
    </message>
    <message>
        <source>{name} {share} %</source>
        <translation>{name} {share} %</translation>
    </message>
    <message>
        <source>{done} of {all} files</source>
        <translation>{done} von {all} Dateien</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>not judged yet</source>
        <translation>noch nicht beurteilt</translation>
    </message>
    <message>
        <source>licence to be accepted first</source>
        <translation>erst Lizenz annehmen</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>auf diesem Computer</translation>
    </message>
    <message>
        <source>being served</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>a good first model</source>
        <translation>ein gutes erstes Modell</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>Belegt</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Liegt</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Benutzt</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Revision</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>etwa {size}</translation>
    </message>
    <message>
        <source>{size}, of which {left} are missing here</source>
        <translation>{size}, davon fehlen hier {left}</translation>
    </message>
    <message>
        <source>brings programs of its own</source>
        <translation>bringt eigene Programme mit</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Download</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Läuft mit</translation>
    </message>
    <message>
        <source>{figure} (estimate)</source>
        <translation>{figure} (Schätzung)</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Fetched</source>
        <translation>Geholt</translation>
    </message>
    <message>
        <source>{count} more: serve one on the page Models, and it is listed first</source>
        <translation>{count} weitere: Auf der Seite „Modelle“ eines starten, dann steht es oben in der Liste</translation>
    </message>
</context>
<context>
    <name>numbers</name>
    <message>
        <source>yyyy-MM-dd</source>
        <translation>dd.MM.yyyy</translation>
    </message>
    <message>
        <source>yyyy-MM-dd HH:mm</source>
        <translation>dd.MM.yyyy HH:mm</translation>
    </message>
</context>
<context>
    <name>pages</name>
    <message>
        <source>Serve</source>
        <translation>Betrieb</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Engines</source>
        <translation>Engines</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>Monitor</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Protokolle</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>plan</name>
    <message>
        <source>Fits</source>
        <translation>Passt</translation>
    </message>
    <message>
        <source>Tight</source>
        <translation>Knapp</translation>
    </message>
    <message>
        <source>Does not fit</source>
        <translation>Passt nicht</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV-Cache</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Runtime</translation>
    </message>
    <message>
        <source>Held by others</source>
        <translation>Von anderen belegt</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>Recurrent state</source>
        <translation>Rekurrenter Zustand</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>Aktivierungen</translation>
    </message>
    <message>
        <source>Logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation>Arbeitsbereiche</translation>
    </message>
    <message>
        <source>CUDA graphs</source>
        <translation>CUDA-Graphen</translation>
    </message>
    <message>
        <source>CUDA context</source>
        <translation>CUDA-Kontext</translation>
    </message>
    <message>
        <source>NCCL buffers</source>
        <translation>NCCL-Puffer</translation>
    </message>
    <message>
        <source>Kept for the desktop</source>
        <translation>Für den Desktop reserviert</translation>
    </message>
    <message>
        <source>The computer&apos;s memory</source>
        <translation>Speicher des Computers</translation>
    </message>
    <message>
        <source>from the file&apos;s headers</source>
        <translation>aus den Kopfdaten der Datei</translation>
    </message>
    <message>
        <source>from file sizes</source>
        <translation>aus Dateigrößen</translation>
    </message>
    <message>
        <source>worked out from the configuration</source>
        <translation>aus der Konfiguration berechnet</translation>
    </message>
    <message>
        <source>from the catalogue</source>
        <translation>aus dem Katalog</translation>
    </message>
    <message>
        <source>measured on load</source>
        <translation>beim Laden gemessen</translation>
    </message>
    <message>
        <source>from a table</source>
        <translation>aus einer Tabelle</translation>
    </message>
    <message>
        <source>by formula</source>
        <translation>nach Formel</translation>
    </message>
    <message>
        <source>reported by the driver</source>
        <translation>vom Treiber gemeldet</translation>
    </message>
    <message>
        <source>learned from earlier runs</source>
        <translation>aus früheren Läufen gelernt</translation>
    </message>
    <message>
        <source>experimental here</source>
        <translation>hier experimentell</translation>
    </message>
    <message>
        <source>untested here</source>
        <translation>hier nicht erprobt</translation>
    </message>
    <message>
        <source>known not to run here</source>
        <translation>läuft hier bekanntlich nicht</translation>
    </message>
    <message>
        <source>{precision} on {runtime}</source>
        <translation>{precision} mit {runtime}</translation>
    </message>
    <message>
        <source>{how}, with {room} to spare.</source>
        <translation>{how}, mit {room} Reserve.</translation>
    </message>
    <message>
        <source>{how}, with only {room} left: the estimate may be off by more.</source>
        <translation>{how}, mit nur {room} Reserve: Die Schätzung kann weiter danebenliegen.</translation>
    </message>
    <message>
        <source>{how} lacks {room} on this card.</source>
        <translation>{how}: Auf dieser Karte fehlen {room}.</translation>
    </message>
    <message>
        <source>{how}, about {room} over: the estimate may be off by more.</source>
        <translation>{how}, etwa {room} zu viel: Die Schätzung kann weiter danebenliegen.</translation>
    </message>
    <message>
        <source>Whether {how} fits cannot be told.</source>
        <translation>Ob {how} passt, lässt sich nicht sagen.</translation>
    </message>
    <message>
        <source>From {model}.</source>
        <translation>Aus {model}.</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} – {high}</translation>
    </message>
    <message>
        <source>{part}: {size}</source>
        <translation>{part}: {size}</translation>
    </message>
    <message>
        <source>This plan takes {expected}, between {low} and {high}, of {usable} usable. {parts}.</source>
        <translation>Dieser Plan braucht {expected}, zwischen {low} und {high}, von nutzbaren {usable}. {parts}.</translation>
    </message>
    <message>
        <source>{program} ({size})</source>
        <translation>{program} ({size})</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>{n} weitere</translation>
    </message>
    <message>
        <source>Held now by {programs}.</source>
        <translation>Jetzt belegt von {programs}.</translation>
    </message>
    <message>
        <source>{range} tok/s</source>
        <translation>{range} tok/s</translation>
    </message>
    <message>
        <source>context of {value} tokens</source>
        <translation>Kontext von {value} Token</translation>
    </message>
    <message>
        <source>{value} at once</source>
        <translation>{value} gleichzeitig</translation>
    </message>
    <message>
        <source>KV cache in {value}</source>
        <translation>KV-Cache in {value}</translation>
    </message>
    <message>
        <source>weights in {value}</source>
        <translation>Gewichte in {value}</translation>
    </message>
    <message>
        <source>{value} cards</source>
        <translation>{value} Karten</translation>
    </message>
    <message>
        <source>on {value}</source>
        <translation>mit {value}</translation>
    </message>
    <message>
        <source>take {value}</source>
        <translation>Modell {value}</translation>
    </message>
    <message>
        <source>on a {value}</source>
        <translation>auf einer {value}</translation>
    </message>
    <message>
        <source>{precision} on {runtime} is the best of {candidates} candidates when you ask for {wish}.</source>
        <translation>Mit Vorrang für {wish} ist {precision} mit {runtime} der beste von {candidates} Kandidaten.</translation>
    </message>
    <message>
        <source>{precision} on {runtime} is the only candidate that can run here.</source>
        <translation>{precision} mit {runtime} ist der einzige Kandidat, der hier laufen kann.</translation>
    </message>
    <message>
        <source>The weights are made on this computer: {precision} from {from_precision} of {model}.</source>
        <translation>Die Gewichte entstehen auf diesem Computer: {precision} aus {from_precision} von {model}.</translation>
    </message>
    <message>
        <source>{model} is converted to a GGUF file in {precision} on this computer first.</source>
        <translation>{model} wird auf diesem Computer zuerst in eine GGUF-Datei in {precision} umgewandelt.</translation>
    </message>
    <message>
        <source>The checkpoint was calibrated for a KV cache in {kv_format}, so that is used.</source>
        <translation>Der Checkpoint wurde für einen KV-Cache in {kv_format} kalibriert, also wird dieser verwendet.</translation>
    </message>
    <message>
        <source>The KV cache is in {kv_format} instead of {instead_of}, to make more of it fit.</source>
        <translation>Der KV-Cache ist in {kv_format} statt {instead_of}, damit mehr davon passt.</translation>
    </message>
    <message>
        <source>Memory ends the context at {context_tokens} tokens; the model itself could take {native_context}.</source>
        <translation>Der Speicher begrenzt den Kontext auf {context_tokens} Token; das Modell selbst könnte {native_context}.</translation>
    </message>
    <message>
        <source>The model takes no more than {context_tokens} tokens of context.</source>
        <translation>Das Modell nimmt nicht mehr als {context_tokens} Token Kontext.</translation>
    </message>
    <message>
        <source>{context_tokens} tokens of context serve most uses; up to {context_max} would fit.</source>
        <translation>{context_tokens} Token Kontext genügen für das meiste; bis {context_max} würden passen.</translation>
    </message>
    <message>
        <source>It takes {total_bytes} of the {available_bytes} it can have. {margin_bytes} should stay free, because the bill is an estimate.</source>
        <translation>Es braucht {total_bytes} von verfügbaren {available_bytes}. {margin_bytes} sollten frei bleiben, denn die Rechnung ist eine Schätzung.</translation>
    </message>
    <message>
        <source>It takes {total_bytes} and can have {available_bytes}: {missing_bytes} are missing.</source>
        <translation>Es braucht {total_bytes}, verfügbar sind {available_bytes}: {missing_bytes} fehlen.</translation>
    </message>
    <message>
        <source>{program} holds {memory_bytes} of the {held_bytes} that others hold now.</source>
        <translation>{program} belegt {memory_bytes} der {held_bytes}, die andere jetzt belegen.</translation>
    </message>
    <message>
        <source>{program} gives back {returned_bytes} when it is replaced.</source>
        <translation>{program} gibt {returned_bytes} zurück, wenn es ersetzt wird.</translation>
    </message>
    <message>
        <source>The memory was learned from {runs} runs on this card.</source>
        <translation>Der Speicher ist aus {runs} Läufen auf dieser Karte gelernt.</translation>
    </message>
    <message>
        <source>The memory was learned from {runs} trials of compiled engines on this card.</source>
        <translation>Der Speicher wurde aus {runs} Probeläufen kompilierter Engines auf dieser Karte gelernt.</translation>
    </message>
    <message>
        <source>Measured here: {load_s} until it answers, over {starts} starts.</source>
        <translation>Hier gemessen: {load_s} bis zur ersten Antwort, über {starts} Starts.</translation>
    </message>
    <message>
        <source>Measured here: {decode_tokens_per_s} over {answers} answers, about {depth} tokens deep.</source>
        <translation>Hier gemessen: {decode_tokens_per_s} über {answers} Antworten, etwa {depth} Token tief.</translation>
    </message>
    <message>
        <source>The layers of {model} ({architecture}) are of a kind not known here, so its cache cannot be told.</source>
        <translation>Die Schichten von {model} ({architecture}) sind von einer hier unbekannten Art, daher lässt sich der Cache nicht berechnen.</translation>
    </message>
    <message>
        <source>The size of {model}&apos;s weights is not known, so neither is what it takes.</source>
        <translation>Die Größe der Gewichte von {model} ist nicht bekannt, also auch nicht der Bedarf.</translation>
    </message>
    <message>
        <source>How much memory {gpu} has is not known.</source>
        <translation>Wie viel Speicher {gpu} hat, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The size of the weights is an estimate, {origin}.</source>
        <translation>Die Größe der Gewichte ist eine Schätzung, {origin}.</translation>
    </message>
    <message>
        <source>The memory bandwidth of {gpu} is not known, so no speed is given.</source>
        <translation>Die Speicherbandbreite von {gpu} ist nicht bekannt, daher fehlt das Tempo.</translation>
    </message>
    <message>
        <source>The speed is a rough guess for {gpus} cards on {runtime}: nothing like it was measured.</source>
        <translation>Das Tempo ist grob geraten für {gpus} Karten mit {runtime}: Vergleichbares wurde nicht gemessen.</translation>
    </message>
    <message>
        <source>Memory and speed are estimates for the PyTorch backend: no compiled engine like it was tried on this card.</source>
        <translation>Speicher und Tempo sind Schätzungen für das PyTorch-Backend: Auf dieser Karte wurde noch keine solche kompilierte Engine erprobt.</translation>
    </message>
    <message>
        <source>Experimental: {subject} {name}. {note}</source>
        <translation>Experimentell: {subject} {name}. {note}</translation>
    </message>
    <message>
        <source>Untested here: {subject} {name}. Nobody has reported that it works. {note}</source>
        <translation>Hier nicht erprobt: {subject} {name}. Niemand hat gemeldet, dass es funktioniert. {note}</translation>
    </message>
    <message>
        <source>Known to be broken: {subject} {name}. {note}</source>
        <translation>Bekanntlich defekt: {subject} {name}. {note}</translation>
    </message>
    <message>
        <source>The runtime would not recognise how this checkpoint is quantised ({name}). {note}</source>
        <translation>Die Runtime würde nicht erkennen, wie dieser Checkpoint quantisiert ist ({name}). {note}</translation>
    </message>
    <message>
        <source>The NVIDIA driver here is too old: {name}. {note}</source>
        <translation>Der NVIDIA-Treiber hier ist zu alt: {name}. {note}</translation>
    </message>
    <message>
        <source>The {runtime} installed here was built without CUDA: it would serve from the processor and not use {gpu}. These figures are those of a CUDA build.</source>
        <translation>Das hier installierte {runtime} wurde ohne CUDA gebaut: Es würde auf dem Prozessor laufen und {gpu} nicht nutzen. Diese Zahlen gelten für einen CUDA-Build.</translation>
    </message>
    <message>
        <source>{runtime} does not list {gpu} among the cards it supports.</source>
        <translation>{runtime} führt {gpu} nicht unter den unterstützten Karten.</translation>
    </message>
    <message>
        <source>You asked for {context_tokens} tokens; the model was made for {native_context}, answers may get worse.</source>
        <translation>Verlangt sind {context_tokens} Token; das Modell ist für {native_context} gemacht, Antworten können schlechter werden.</translation>
    </message>
    <message>
        <source>The speed is for {depth} tokens in the cache, more than the context holds.</source>
        <translation>Das Tempo gilt für {depth} Token im Cache, mehr als der Kontext fasst.</translation>
    </message>
    <message>
        <source>The speed is for {batch} at once, more than the {concurrency} planned.</source>
        <translation>Das Tempo gilt für {batch} gleichzeitig, mehr als die geplanten {concurrency}.</translation>
    </message>
    <message>
        <source>You asked for a KV cache in {kv_format}; the checkpoint is made for {checkpoint_format} and may be refused.</source>
        <translation>Verlangt ist ein KV-Cache in {kv_format}; der Checkpoint ist für {checkpoint_format} gemacht und wird vielleicht abgelehnt.</translation>
    </message>
    <message>
        <source>{query_heads} attention heads cannot be shared evenly by {gpus} cards.</source>
        <translation>{query_heads} Attention-Heads lassen sich nicht gleichmäßig auf {gpus} Karten verteilen.</translation>
    </message>
    <message>
        <source>It takes {total_bytes} and can have {available_bytes}.</source>
        <translation>Es braucht {total_bytes}, verfügbar sind {available_bytes}.</translation>
    </message>
    <message>
        <source>It fits, but tightly: {total_bytes} of {available_bytes}.</source>
        <translation>Es passt, aber knapp: {total_bytes} von {available_bytes}.</translation>
    </message>
    <message>
        <source>Whether {model} fits cannot be told.</source>
        <translation>Ob {model} passt, lässt sich nicht sagen.</translation>
    </message>
    <message>
        <source>It leaves less room for context than the {wanted_tokens} tokens that are wanted.</source>
        <translation>Es lässt weniger Platz für Kontext als die gewünschten {wanted_tokens} Token.</translation>
    </message>
    <message>
        <source>It leaves {context_max} tokens of context, the choice {chosen_context_max}.</source>
        <translation>Es lässt {context_max} Token Kontext, die Wahl {chosen_context_max}.</translation>
    </message>
    <message>
        <source>Its perplexity is about {loss_percent} worse; for {wish} at most {limit_percent} are taken.</source>
        <translation>Seine Perplexität ist etwa {loss_percent} schlechter; mit Vorrang für {wish} sind höchstens {limit_percent} zulässig.</translation>
    </message>
    <message>
        <source>Its perplexity is about {loss_percent} worse, that of the choice {chosen_loss_percent}.</source>
        <translation>Seine Perplexität ist etwa {loss_percent} schlechter, die der Wahl {chosen_loss_percent}.</translation>
    </message>
    <message>
        <source>About {decode_tokens_per_s}; the choice makes {chosen_tokens_per_s}.</source>
        <translation>Etwa {decode_tokens_per_s}; die Wahl schafft {chosen_tokens_per_s}.</translation>
    </message>
    <message>
        <source>{loss_percent} worse perplexity at {decode_tokens_per_s}; the choice has {chosen_loss_percent} at {chosen_tokens_per_s}.</source>
        <translation>{loss_percent} schlechtere Perplexität bei {decode_tokens_per_s}; die Wahl hat {chosen_loss_percent} bei {chosen_tokens_per_s}.</translation>
    </message>
    <message>
        <source>It needs {runtime}; the choice runs on {chosen_runtime}.</source>
        <translation>Es braucht {runtime}; die Wahl läuft mit {chosen_runtime}.</translation>
    </message>
    <message>
        <source>It takes {total_bytes}, the choice {chosen_total_bytes}.</source>
        <translation>Es braucht {total_bytes}, die Wahl {chosen_total_bytes}.</translation>
    </message>
    <message>
        <source>{model} is the same as the choice.</source>
        <translation>{model} ist dasselbe wie die Wahl.</translation>
    </message>
    <message>
        <source>With the KV cache in {kv_format} it takes {total_bytes}.</source>
        <translation>Mit KV-Cache in {kv_format} braucht es {total_bytes}.</translation>
    </message>
    <message>
        <source>With {concurrency} at once it takes {total_bytes}.</source>
        <translation>Mit {concurrency} gleichzeitig braucht es {total_bytes}.</translation>
    </message>
    <message>
        <source>With {context_tokens} tokens of context it takes {total_bytes}.</source>
        <translation>Mit {context_tokens} Token Kontext braucht es {total_bytes}.</translation>
    </message>
    <message>
        <source>With weights in {precision} it takes {total_bytes}.</source>
        <translation>Mit Gewichten in {precision} braucht es {total_bytes}.</translation>
    </message>
    <message>
        <source>Over {gpus} cards it takes {total_bytes} on each.</source>
        <translation>Auf {gpus} Karten verteilt braucht es je {total_bytes}.</translation>
    </message>
    <message>
        <source>{model} takes {total_bytes}.</source>
        <translation>{model} braucht {total_bytes}.</translation>
    </message>
    <message>
        <source>quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>balance</source>
        <translation>Ausgewogenheit</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>driver</source>
        <translation>Treiber</translation>
    </message>
    <message>
        <source>this card and system with</source>
        <translation>diese Karte und dieses System mit</translation>
    </message>
    <message>
        <source>the driver for</source>
        <translation>der Treiber für</translation>
    </message>
    <message>
        <source>the model class</source>
        <translation>die Modellklasse</translation>
    </message>
    <message>
        <source>the checkpoint&apos;s format</source>
        <translation>das Format des Checkpoints</translation>
    </message>
    <message>
        <source>weights in</source>
        <translation>Gewichte in</translation>
    </message>
    <message>
        <source>a KV cache in</source>
        <translation>ein KV-Cache in</translation>
    </message>
    <message>
        <source>{part} {name}, needs {needs}</source>
        <translation>{part} {name}, nötig ist {needs}</translation>
    </message>
    <message>
        <source>A program without a name</source>
        <translation>Ein Programm ohne Namen</translation>
    </message>
</context>
<context>
    <name>problems</name>
    <message>
        <source>{gpu} names no card of the table, or more than one. Nearest: {nearest}.</source>
        <translation>{gpu} bezeichnet keine oder mehr als eine Karte der Tabelle. Am nächsten: {nearest}.</translation>
    </message>
    <message>
        <source>Choose one of these, or describe the card by its memory and bandwidth.</source>
        <translation>Eine davon wählen oder die Karte durch Speicher und Bandbreite beschreiben.</translation>
    </message>
    <message>
        <source>{part} is missing or not understood in the description of the card.</source>
        <translation>{part} fehlt in der Beschreibung der Karte oder ist unverständlich.</translation>
    </message>
    <message>
        <source>Write it like this: {example}.</source>
        <translation>So schreiben: {example}.</translation>
    </message>
    <message>
        <source>The runtime {runtime} cannot be used: {reason}.</source>
        <translation>Die Runtime {runtime} lässt sich nicht verwenden: {reason}.</translation>
    </message>
    <message>
        <source>Run the launch script again; it installs what is missing.</source>
        <translation>Das Startskript noch einmal ausführen; es installiert, was fehlt.</translation>
    </message>
    <message>
        <source>This runtime does not know models of the kind {architecture}.</source>
        <translation>Diese Runtime kennt keine Modelle der Art {architecture}.</translation>
    </message>
    <message>
        <source>Choose another model, or a newer version of Engineroom.</source>
        <translation>Ein anderes Modell oder eine neuere Version von Engineroom wählen.</translation>
    </message>
    <message>
        <source>There was not enough memory to load the model. The engine said: {line}</source>
        <translation>Der Speicher reichte nicht, um das Modell zu laden. Die Engine meldet: {line}</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller model or context.</source>
        <translation>Andere Programme schließen oder ein kleineres Modell oder weniger Kontext wählen.</translation>
    </message>
    <message>
        <source>The model could not be loaded. The engine said: {line}</source>
        <translation>Das Modell konnte nicht geladen werden. Die Engine meldet: {line}</translation>
    </message>
    <message>
        <source>Read the log for more, then try again.</source>
        <translation>Näheres steht im Protokoll; danach erneut versuchen.</translation>
    </message>
    <message>
        <source>The engine ended by itself ({ended_with}). Its last line: {line}</source>
        <translation>Die Engine hat sich unerwartet beendet ({ended_with}). Ihre letzte Zeile: {line}</translation>
    </message>
    <message>
        <source>Serve again; if it happens again, read the log.</source>
        <translation>Das Modell neu starten; passiert es wieder, das Protokoll lesen.</translation>
    </message>
    <message>
        <source>Something outside Engineroom ended the engine with signal {signal}.</source>
        <translation>Etwas außerhalb von Engineroom beendete die Engine mit dem Signal {signal}.</translation>
    </message>
    <message>
        <source>Serve again; if nobody did this on purpose, the system was probably short of memory.</source>
        <translation>Das Modell neu starten; wenn es niemand mit Absicht tat, fehlte dem System wohl Speicher.</translation>
    </message>
    <message>
        <source>The engine gave no sign of life for {waited_s} and was ended.</source>
        <translation>Die Engine gab {waited_s} lang kein Lebenszeichen und wurde beendet.</translation>
    </message>
    <message>
        <source>Serve again, and read the log if it happens again.</source>
        <translation>Das Modell neu starten und, wenn es wieder passiert, das Protokoll lesen.</translation>
    </message>
    <message>
        <source>The engine process {pid} does not end, not even when killed.</source>
        <translation>Der Engine-Prozess {pid} lässt sich nicht beenden, auch nicht zwangsweise.</translation>
    </message>
    <message>
        <source>Restart the computer when convenient; its memory stays taken until then.</source>
        <translation>Den Computer bei Gelegenheit neu starten; bis dahin bleibt der Speicher belegt.</translation>
    </message>
    <message>
        <source>{name} does not answer any more. What ran on it was stopped, and nothing was moved elsewhere.</source>
        <translation>{name} antwortet nicht mehr. Was darauf lief, wurde gestoppt, und nichts wurde verlagert.</translation>
    </message>
    <message>
        <source>It is looked for again by itself; once it is back, serve again. If it stays away, restart the computer and check its power cable and cooling.</source>
        <translation>Nach ihr wird von selbst weiter gesucht; ist sie wieder da, das Modell neu starten. Bleibt sie weg, den Computer neu starten und ihr Stromkabel und die Kühlung prüfen.</translation>
    </message>
    <message>
        <source>{name} takes one program at a time, and {program} (process {pid}) is using it.</source>
        <translation>{name} lässt immer nur ein Programm zu, und {program} (Prozess {pid}) benutzt die Karte gerade.</translation>
    </message>
    <message>
        <source>End that program, or set the card&apos;s compute mode back to its default with nvidia-smi.</source>
        <translation>Das Programm beenden oder den Compute Mode der Karte mit nvidia-smi auf den Standard zurücksetzen.</translation>
    </message>
    <message>
        <source>The card lets no other program compute on it now: it is set to serve one at a time and another program has it, or it has not recovered from a fault. It said: {line}</source>
        <translation>Die Karte lässt derzeit kein weiteres Programm zu: Entweder ist sie auf exklusive Nutzung eingestellt und schon belegt, oder sie hat sich von einem Fehler noch nicht erholt. Die Meldung: {line}</translation>
    </message>
    <message>
        <source>End that program, set the card to be shared, or restart the computer.</source>
        <translation>Das andere Programm beenden, die Karte zur gemeinsamen Nutzung freigeben oder den Computer neu starten.</translation>
    </message>
    <message>
        <source>{name} reported the error Xid {xid}: {meaning}.</source>
        <translation>{name} meldete den Fehler Xid {xid}: {meaning}.</translation>
    </message>
    <message>
        <source>{remedy}.</source>
        <translation>{remedy}.</translation>
    </message>
    <message>
        <source>The engine started but did not answer its first request (status {status}). It said: {line}</source>
        <translation>Die Engine startete, beantwortete aber ihre erste Anfrage nicht (Status {status}). Sie meldet: {line}</translation>
    </message>
    <message>
        <source>The plan is for {wanted} card(s); {found} of this machine could be used.</source>
        <translation>Der Plan gilt für {wanted} Karte(n); auf dieser Maschine sind {found} nutzbar.</translation>
    </message>
    <message>
        <source>Choose a card to plan for, or fewer of them.</source>
        <translation>Eine Karte zum Planen oder weniger Karten wählen.</translation>
    </message>
    <message>
        <source>No plan can be made for {field} = {value}.</source>
        <translation>Für {field} = {value} lässt sich kein Plan machen.</translation>
    </message>
    <message>
        <source>It must be {allowed}.</source>
        <translation>Erlaubt ist: {allowed}.</translation>
    </message>
    <message>
        <source>The conversation is too long: {prompt_tokens} tokens, and this engine takes {context_tokens}.</source>
        <translation>Das Gespräch ist zu lang: {prompt_tokens} Token, und diese Engine fasst {context_tokens}.</translation>
    </message>
    <message>
        <source>Start a new chat, or ask something shorter.</source>
        <translation>Einen neuen Chat beginnen oder etwas Kürzeres fragen.</translation>
    </message>
    <message>
        <source>The request was not valid JSON: {reason}.</source>
        <translation>Die Anfrage war kein gültiges JSON: {reason}.</translation>
    </message>
    <message>
        <source>Check the program that sent it.</source>
        <translation>Das sendende Programm prüfen.</translation>
    </message>
    <message>
        <source>The request could not be accepted: {reason}.</source>
        <translation>Die Anfrage konnte nicht angenommen werden: {reason}.</translation>
    </message>
    <message>
        <source>The request was larger than {limit_bytes}.</source>
        <translation>Die Anfrage war größer als {limit_bytes}.</translation>
    </message>
    <message>
        <source>Send less in one request.</source>
        <translation>Weniger in einer Anfrage senden.</translation>
    </message>
    <message>
        <source>The request came as {found}, but only JSON is understood.</source>
        <translation>Die Anfrage kam als {found}, verstanden wird aber nur JSON.</translation>
    </message>
    <message>
        <source>Send it with the content type application/json.</source>
        <translation>Mit dem Inhaltstyp application/json senden.</translation>
    </message>
    <message>
        <source>&apos;{parameter}&apos; is not supported here.</source>
        <translation>„{parameter}“ wird hier nicht unterstützt.</translation>
    </message>
    <message>
        <source>Nothing on this computer does it; leave it out.</source>
        <translation>Nichts auf diesem Computer kann das; weglassen.</translation>
    </message>
    <message>
        <source>The model {model} is made for {does}, not for {wanted}.</source>
        <translation>Das Modell {model} ist für {does} gemacht, nicht für {wanted}.</translation>
    </message>
    <message>
        <source>Choose another model for this.</source>
        <translation>Dafür ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>The model {model} cannot fill in the middle of a text.</source>
        <translation>Das Modell {model} kann keine Textmitte ergänzen.</translation>
    </message>
    <message>
        <source>Choose a model made for code, or leave the suffix out.</source>
        <translation>Ein Modell für Code wählen oder das Suffix weglassen.</translation>
    </message>
    <message>
        <source>The engine of {model} does not let others use its tokenizer.</source>
        <translation>Die Engine von {model} gibt ihren Tokenizer nicht für andere frei.</translation>
    </message>
    <message>
        <source>Ask a model that llama.cpp serves.</source>
        <translation>Ein Modell fragen, das mit llama.cpp läuft.</translation>
    </message>
    <message>
        <source>A program asked for {path}, which is not answered here.</source>
        <translation>Ein Programm fragte nach {path}, worauf hier nicht geantwortet wird.</translation>
    </message>
    <message>
        <source>Fetch and remove models on the Models page.</source>
        <translation>Modelle auf der Seite „Modelle“ holen und entfernen.</translation>
    </message>
    <message>
        <source>Programs made for Ollama are not answered on port {port}: {program} holds it already.</source>
        <translation>Programme für Ollama bekommen an Port {port} keine Antwort: {program} belegt ihn schon.</translation>
    </message>
    <message>
        <source>End that program, or leave the port out of the settings; the usual address does the same.</source>
        <translation>Das Programm beenden oder den Port aus den Einstellungen nehmen; die übliche Adresse leistet dasselbe.</translation>
    </message>
    <message>
        <source>The request came compressed ({found}), which is not understood.</source>
        <translation>Die Anfrage kam komprimiert an ({found}), und das wird nicht verstanden.</translation>
    </message>
    <message>
        <source>Send it as it is, without the header Content-Encoding.</source>
        <translation>Unkomprimiert senden, ohne den Header Content-Encoding.</translation>
    </message>
    <message>
        <source>There is no response {response} here. Responses are kept for an hour, in memory.</source>
        <translation>Hier gibt es keine Response {response}. Responses bleiben eine Stunde lang im Speicher.</translation>
    </message>
    <message>
        <source>Send the whole conversation as the input.</source>
        <translation>Das ganze Gespräch als Eingabe senden.</translation>
    </message>
    <message>
        <source>There is nothing at {path}.</source>
        <translation>Unter {path} gibt es nichts.</translation>
    </message>
    <message>
        <source>Check the address; the base URL ends in /v1.</source>
        <translation>Die Adresse prüfen; die Basisadresse endet auf /v1.</translation>
    </message>
    <message>
        <source>{method} is not possible here; use {allowed}.</source>
        <translation>{method} ist hier nicht möglich; stattdessen {allowed}.</translation>
    </message>
    <message>
        <source>Check the program that sent the request.</source>
        <translation>Das Programm prüfen, das die Anfrage sendete.</translation>
    </message>
    <message>
        <source>The name {host} is not one this engine room answers to.</source>
        <translation>Der Name {host} ist keiner, auf den dieser Maschinenraum hört.</translation>
    </message>
    <message>
        <source>Use the address shown in this window.</source>
        <translation>Die Adresse verwenden, die dieses Fenster zeigt.</translation>
    </message>
    <message>
        <source>The engine room did not accept this window&apos;s token.</source>
        <translation>Der Maschinenraum nahm das Token dieses Fensters nicht an.</translation>
    </message>
    <message>
        <source>Restart the engine room; a new token is made then.</source>
        <translation>Den Maschinenraum neu starten; dann entsteht ein neues Token.</translation>
    </message>
    <message>
        <source>The model {model} is not being served.</source>
        <translation>Das Modell {model} läuft nicht.</translation>
    </message>
    <message>
        <source>Press Serve first.</source>
        <translation>Zuerst „Starten“ drücken.</translation>
    </message>
    <message>
        <source>The engine of {model} could not start: {cause}</source>
        <translation>Die Engine von {model} konnte nicht starten: {cause}</translation>
    </message>
    <message>
        <source>Read the log, then press Serve to try again.</source>
        <translation>Das Protokoll lesen und mit „Starten“ erneut versuchen.</translation>
    </message>
    <message>
        <source>The engine of {model} did not answer.</source>
        <translation>Die Engine von {model} antwortete nicht.</translation>
    </message>
    <message>
        <source>Wait a moment and ask again; it is restarted if it ended.</source>
        <translation>Kurz warten und neu fragen; sie wird neu gestartet, falls sie geendet hat.</translation>
    </message>
    <message>
        <source>The engine room is closing down and takes no new requests.</source>
        <translation>Der Maschinenraum schließt gerade und nimmt keine neuen Anfragen an.</translation>
    </message>
    <message>
        <source>Start it again, then repeat the request.</source>
        <translation>Ihn neu starten und die Anfrage wiederholen.</translation>
    </message>
    <message>
        <source>Something went wrong inside the engine room (request {request_id}).</source>
        <translation>Im Maschinenraum ist etwas schiefgegangen (Anfrage {request_id}).</translation>
    </message>
    <message>
        <source>Try again, and look in the log for this request number.</source>
        <translation>Erneut versuchen und im Protokoll nach dieser Anfragenummer suchen.</translation>
    </message>
    <message>
        <source>Port {port} on {host} is already in use by {program} (process {pid}).</source>
        <translation>Port {port} auf {host} wird schon von {program} (Prozess {pid}) benutzt.</translation>
    </message>
    <message>
        <source>End that program, or give Engineroom another port.</source>
        <translation>Das Programm beenden oder Engineroom einen anderen Port geben.</translation>
    </message>
    <message>
        <source>The address {host}:{port} could not be opened: {reason}.</source>
        <translation>Die Adresse {host}:{port} konnte nicht geöffnet werden: {reason}.</translation>
    </message>
    <message>
        <source>Choose another address or port in the settings.</source>
        <translation>In den Einstellungen eine andere Adresse oder einen anderen Port wählen.</translation>
    </message>
    <message>
        <source>An engine room already runs at {address} (process {pid}).</source>
        <translation>Unter {address} läuft schon ein Maschinenraum (Prozess {pid}).</translation>
    </message>
    <message>
        <source>Use that one, or stop it first.</source>
        <translation>Diesen verwenden oder zuerst stoppen.</translation>
    </message>
    <message>
        <source>The engine room is not running.</source>
        <translation>Der Maschinenraum läuft nicht.</translation>
    </message>
    <message>
        <source>Start it to see and serve models.</source>
        <translation>Ihn starten, um Modelle zu sehen und zu betreiben.</translation>
    </message>
    <message>
        <source>The engine room does not answer: {reason}.</source>
        <translation>Der Maschinenraum antwortet nicht: {reason}.</translation>
    </message>
    <message>
        <source>This window keeps trying; start it again if it is gone.</source>
        <translation>Dieses Fenster versucht es weiter; den Maschinenraum neu starten, falls er fort ist.</translation>
    </message>
    <message>
        <source>The running engine room speaks control API {theirs}; this window speaks {ours}.</source>
        <translation>Der laufende Maschinenraum spricht Control-API {theirs}, dieses Fenster {ours}.</translation>
    </message>
    <message>
        <source>Restart the engine room so that both are of one version. Engines it runs are stopped.</source>
        <translation>Den Maschinenraum neu starten, damit beide dieselbe Version haben. Seine Engines werden gestoppt.</translation>
    </message>
    <message>
        <source>The engine room did not start. Its last line: {line}</source>
        <translation>Der Maschinenraum ist nicht gestartet. Seine letzte Zeile: {line}</translation>
    </message>
    <message>
        <source>Try again; the whole output is in {log}.</source>
        <translation>Erneut versuchen; die ganze Ausgabe steht in {log}.</translation>
    </message>
    <message>
        <source>The settings file {path} cannot be understood: {reason}.</source>
        <translation>Die Einstellungsdatei {path} ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>Correct it in an editor; it was left as it is.</source>
        <translation>In einem Editor korrigieren; die Datei blieb unverändert.</translation>
    </message>
    <message>
        <source>{path} cannot be written: {reason}.</source>
        <translation>{path} lässt sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
        <source>Free some space or correct the permissions; serving goes on.</source>
        <translation>Platz schaffen oder die Rechte berichtigen; der Betrieb geht weiter.</translation>
    </message>
    <message>
        <source>The ledger {path} cannot be used: {reason}. What requests use is not recorded.</source>
        <translation>Die Verbrauchsaufzeichnung {path} ist nicht benutzbar: {reason}. Was Anfragen verbrauchen, wird nicht festgehalten.</translation>
    </message>
    <message>
        <source>The log {path} cannot be written: {reason}.</source>
        <translation>Das Protokoll {path} lässt sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
        <source>The window cannot be shown: {reason}.</source>
        <translation>Das Fenster lässt sich nicht anzeigen: {reason}.</translation>
    </message>
    <message>
        <source>Use the command line, or install the desktop parts.</source>
        <translation>Die Befehlszeile verwenden oder die Desktop-Teile installieren.</translation>
    </message>
    <message>
        <source>The command was not understood: {reason}.</source>
        <translation>Der Befehl ist unverständlich: {reason}.</translation>
    </message>
    <message>
        <source>Use --help to see what is possible.</source>
        <translation>Mit --help zeigen lassen, was möglich ist.</translation>
    </message>
    <message>
        <source>The engine ended by itself ({ended_with}) and said nothing.</source>
        <translation>Die Engine hat sich unerwartet beendet ({ended_with}) und nichts dazu gesagt.</translation>
    </message>
    <message>
        <source>The model could not be loaded, and the engine did not say why.</source>
        <translation>Das Modell konnte nicht geladen werden, und die Engine hat nicht gesagt, warum.</translation>
    </message>
    <message>
        <source>There was not enough memory to load the model.</source>
        <translation>Der Speicher hat nicht gereicht, um das Modell zu laden.</translation>
    </message>
    <message>
        <source>The engine room did not start, and said nothing.</source>
        <translation>Der Maschinenraum ist nicht gestartet und hat nichts dazu gesagt.</translation>
    </message>
    <message>
        <source>The engine room reported “{code}”.</source>
        <translation>Der Maschinenraum meldete „{code}“.</translation>
    </message>
    <message>
        <source>Read the log for more.</source>
        <translation>Näheres steht im Protokoll.</translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation>{count} Bytes</translation>
    </message>
    <message>
        <source>The settings file {path} was changed by somebody else meanwhile.</source>
        <translation>Die Einstellungsdatei {path} wurde inzwischen von anderer Seite geändert.</translation>
    </message>
    <message>
        <source>It was read again; look at it, then repeat your change.</source>
        <translation>Sie wurde neu gelesen; ansehen und die Änderung wiederholen.</translation>
    </message>
    <message>
        <source>{setting} was not changed: {reason}.</source>
        <translation>{setting} wurde nicht geändert: {reason}.</translation>
    </message>
    <message>
        <source>Correct the value and try again; the file is as it was.</source>
        <translation>Den Wert berichtigen und erneut versuchen; die Datei ist, wie sie war.</translation>
    </message>
    <message>
        <source>A valid key is needed here.</source>
        <translation>Hier ist ein gültiger Schlüssel nötig.</translation>
    </message>
    <message>
        <source>Send one of the keys of this engine room, or make a new one.</source>
        <translation>Einen Schlüssel dieses Maschinenraums senden oder einen neuen anlegen.</translation>
    </message>
    <message>
        <source>This key may not use {what}.</source>
        <translation>Dieser Schlüssel darf {what} nicht verwenden.</translation>
    </message>
    <message>
        <source>Use another key, or make one that may.</source>
        <translation>Einen anderen Schlüssel verwenden oder einen anlegen, der es darf.</translation>
    </message>
    <message>
        <source>This key has reached its limit of {allowed} {limit}.</source>
        <translation>Dieser Schlüssel hat seine Grenze von {allowed} {limit} erreicht.</translation>
    </message>
    <message>
        <source>Wait {retry_after_s}, or use another key.</source>
        <translation>{retry_after_s} warten oder einen anderen Schlüssel verwenden.</translation>
    </message>
    <message>
        <source>There is no valid key {key}.</source>
        <translation>Es gibt keinen gültigen Schlüssel {key}.</translation>
    </message>
    <message>
        <source>Choose one from the list.</source>
        <translation>Einen aus der Liste wählen.</translation>
    </message>
    <message>
        <source>The {field} of a key cannot be that.</source>
        <translation>Als {field} eines Schlüssels geht das nicht.</translation>
    </message>
    <message>
        <source>A key named {name} exists.</source>
        <translation>Einen Schlüssel namens {name} gibt es schon.</translation>
    </message>
    <message>
        <source>Revoke it first, or choose another name.</source>
        <translation>Ihn zuerst widerrufen oder einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>A page or program from {origin} asked, and is not allowed to.</source>
        <translation>Eine Seite oder ein Programm von {origin} fragte an und darf das nicht.</translation>
    </message>
    <message>
        <source>Add it to the allowed origins in the settings if you trust it.</source>
        <translation>Bei Vertrauen in den Einstellungen zu den erlaubten Ursprüngen hinzufügen.</translation>
    </message>
    <message>
        <source>The request names an image by its address, and addresses are not fetched from here.</source>
        <translation>Die Anfrage nennt ein Bild durch seine Adresse, und Adressen werden von hier aus nicht abgerufen.</translation>
    </message>
    <message>
        <source>Send the image itself in the request, or allow it in Settings.</source>
        <translation>Das Bild selbst in der Anfrage senden oder es in den Einstellungen erlauben.</translation>
    </message>
    <message>
        <source>An image that the request names by its address could not be fetched.</source>
        <translation>Ein Bild, das die Anfrage per Adresse nennt, konnte nicht geholt werden.</translation>
    </message>
    <message>
        <source>Send the image itself: only public addresses are asked, for at most 10 MiB and 10 seconds.</source>
        <translation>Das Bild selbst senden: Gefragt werden nur öffentliche Adressen, höchstens 10 MiB und 10 Sekunden lang.</translation>
    </message>
    <message>
        <source>The headers of a request had more than {limit_bytes}.</source>
        <translation>Die Header einer Anfrage hatten mehr als {limit_bytes}.</translation>
    </message>
    <message>
        <source>A program has {most} connections to the engine room, which is as many as may.</source>
        <translation>Ein Programm hat {most} Verbindungen zum Maschinenraum, mehr dürfen es nicht sein.</translation>
    </message>
    <message>
        <source>Check the program: it should close connections, or use them again.</source>
        <translation>Das Programm prüfen: Es sollte Verbindungen schließen oder wiederverwenden.</translation>
    </message>
    <message>
        <source>A request did not arrive within {waited_s}.</source>
        <translation>Eine Anfrage war nach {waited_s} noch nicht ganz da.</translation>
    </message>
    <message>
        <source>Check the program that sent it, and its network.</source>
        <translation>Das sendende Programm und sein Netzwerk prüfen.</translation>
    </message>
    <message>
        <source>Port {wanted} could not be had, so the engine room listens at {port}.</source>
        <translation>Port {wanted} war nicht zu haben, daher hört der Maschinenraum auf {port}.</translation>
    </message>
    <message>
        <source>Free that port or choose another in the settings, then restart the engine room.</source>
        <translation>Diesen Port frei machen oder in den Einstellungen einen anderen wählen, dann den Maschinenraum neu starten.</translation>
    </message>
    <message>
        <source>{host} is not an address that can be listened on.</source>
        <translation>{host} ist keine Adresse, an der gelauscht werden kann.</translation>
    </message>
    <message>
        <source>Use 127.0.0.1 for this computer alone, or an IP address of it.</source>
        <translation>127.0.0.1 nur für diesen Computer verwenden oder eine seiner IP-Adressen.</translation>
    </message>
    <message>
        <source>{host} can be reached from other computers, and no key exists to tell who may.</source>
        <translation>{host} ist von anderen Computern erreichbar, und es gibt keinen Schlüssel, der den Zugriff regelt.</translation>
    </message>
    <message>
        <source>Make a key first, then start again.</source>
        <translation>Zuerst einen Schlüssel anlegen, dann neu starten.</translation>
    </message>
    <message>
        <source>The certificate or key {path} cannot be used: {reason}.</source>
        <translation>Zertifikat oder Schlüssel {path} lässt sich nicht verwenden: {reason}.</translation>
    </message>
    <message>
        <source>Correct it, or leave both settings out to have one made.</source>
        <translation>Berichtigen oder beide Einstellungen weglassen, damit eines erstellt wird.</translation>
    </message>
    <message>
        <source>{address} answers other computers without encryption: prompts, answers and keys can be read on the way.</source>
        <translation>{address} antwortet anderen Computern unverschlüsselt: Prompts, Antworten und Schlüssel sind unterwegs lesbar.</translation>
    </message>
    <message>
        <source>Start without the option for plain HTTP to encrypt.</source>
        <translation>Ohne die Option für reines HTTP starten, um zu verschlüsseln.</translation>
    </message>
    <message>
        <source>Prompts and answers are being written to {path} until {ends}.</source>
        <translation>Prompts und Antworten werden bis {ends} in {path} mitgeschrieben.</translation>
    </message>
    <message>
        <source>Switch the capture off when it is no longer needed.</source>
        <translation>Den Mitschnitt ausschalten, wenn er nicht mehr gebraucht wird.</translation>
    </message>
    <message>
        <source>The memory left on the card does not hold the cache of one request. The engine said: {line}</source>
        <translation>Der restliche Speicher der Karte fasst den Cache einer Anfrage nicht. Die Engine meldet: {line}</translation>
    </message>
    <message>
        <source>Choose a shorter context, a smaller cache format or a smaller model.</source>
        <translation>Weniger Kontext, ein kleineres Cache-Format oder ein kleineres Modell wählen.</translation>
    </message>
    <message>
        <source>A worker was ended from outside while the model was loading; the computer probably ran out of main memory. The log says: {line}</source>
        <translation>Ein Worker wurde beim Laden des Modells von außen beendet; wahrscheinlich ging dem Computer der Hauptspeicher aus. Im Protokoll steht: {line}</translation>
    </message>
    <message>
        <source>Close other programs, or load the weights one after the other.</source>
        <translation>Andere Programme schließen oder die Gewichte nacheinander laden.</translation>
    </message>
    <message>
        <source>The engine could not have {address}: another program listens there.</source>
        <translation>Die Engine bekam {address} nicht: Dort lauscht ein anderes Programm.</translation>
    </message>
    <message>
        <source>Let the engine take another port.</source>
        <translation>Der Engine einen anderen Port geben.</translation>
    </message>
    <message>
        <source>The engine sees no card. It said: {line}</source>
        <translation>Die Engine sieht keine Karte. Sie meldet: {line}</translation>
    </message>
    <message>
        <source>Check the driver; in a container, check that it was given a card.</source>
        <translation>Den Treiber prüfen; in einem Container prüfen, ob er eine Karte bekommen hat.</translation>
    </message>
    <message>
        <source>The engine was to use {wanted} cards and sees {found}.</source>
        <translation>Die Engine sollte {wanted} Karten nutzen und sieht {found}.</translation>
    </message>
    <message>
        <source>Spread the model over fewer cards.</source>
        <translation>Das Modell auf weniger Karten verteilen.</translation>
    </message>
    <message>
        <source>This runtime has no code for the card. It said: {line}</source>
        <translation>Diese Runtime hat keinen Code für die Karte. Sie meldet: {line}</translation>
    </message>
    <message>
        <source>Choose another runtime; the plan says which ones know the card.</source>
        <translation>Eine andere Runtime wählen; der Plan nennt die, die die Karte kennen.</translation>
    </message>
    <message>
        <source>The card cannot compute in the checkpoint&apos;s number format. The engine said: {line}</source>
        <translation>Die Karte kann nicht im Zahlenformat des Checkpoints rechnen. Die Engine meldet: {line}</translation>
    </message>
    <message>
        <source>Choose a checkpoint in another precision.</source>
        <translation>Einen Checkpoint in anderer Präzision wählen.</translation>
    </message>
    <message>
        <source>The card reported a fault while computing: {line}</source>
        <translation>Die Karte meldete beim Rechnen einen Fehler: {line}</translation>
    </message>
    <message>
        <source>Start the engine again; if it happens again, look at the card&apos;s own errors.</source>
        <translation>Die Engine neu starten; passiert es wieder, die Fehler der Karte selbst ansehen.</translation>
    </message>
    <message>
        <source>The cards could not work together. The engine said: {line}</source>
        <translation>Die Karten konnten nicht zusammenarbeiten. Die Engine meldet: {line}</translation>
    </message>
    <message>
        <source>Try the plain way of exchanging data, or one card.</source>
        <translation>Die einfache Art des Datenaustauschs oder eine einzelne Karte versuchen.</translation>
    </message>
    <message>
        <source>The NVIDIA driver is too old for this runtime: {line}</source>
        <translation>Der NVIDIA-Treiber ist für diese Runtime zu alt: {line}</translation>
    </message>
    <message>
        <source>Update the driver.</source>
        <translation>Den Treiber aktualisieren.</translation>
    </message>
    <message>
        <source>The CUDA libraries and the driver do not fit together: {line}</source>
        <translation>CUDA-Bibliotheken und Treiber passen nicht zusammen: {line}</translation>
    </message>
    <message>
        <source>Update the driver and remove the cuda-compat package.</source>
        <translation>Den Treiber aktualisieren und das Paket cuda-compat entfernen.</translation>
    </message>
    <message>
        <source>The library {library} is not on this computer.</source>
        <translation>Die Bibliothek {library} ist nicht auf diesem Computer.</translation>
    </message>
    <message>
        <source>Install the package that has it; for libmpi that is libopenmpi-dev.</source>
        <translation>Das Paket installieren, das sie enthält; für libmpi ist das libopenmpi-dev.</translation>
    </message>
    <message>
        <source>The runtime&apos;s own parts do not fit together: {line}</source>
        <translation>Teile der Runtime passen nicht zusammen: {line}</translation>
    </message>
    <message>
        <source>Install the runtime anew.</source>
        <translation>Die Runtime neu installieren.</translation>
    </message>
    <message>
        <source>The engine&apos;s workers could not be started as a group: {line}</source>
        <translation>Die Worker der Engine ließen sich nicht als Gruppe starten: {line}</translation>
    </message>
    <message>
        <source>Start it outside of any cluster job.</source>
        <translation>Außerhalb eines Cluster-Jobs starten.</translation>
    </message>
    <message>
        <source>A compiler of the CUDA toolkit does not know the card: {line}</source>
        <translation>Ein Compiler des CUDA-Toolkits kennt die Karte nicht: {line}</translation>
    </message>
    <message>
        <source>Use the toolkit&apos;s own ptxas.</source>
        <translation>Das ptxas aus dem Toolkit verwenden.</translation>
    </message>
    <message>
        <source>The container has too little shared memory: {line}</source>
        <translation>Der Container hat zu wenig gemeinsamen Speicher: {line}</translation>
    </message>
    <message>
        <source>Give it that of the host.</source>
        <translation>Ihm den des Hosts geben.</translation>
    </message>
    <message>
        <source>This version of the runtime does not know the option {option}.</source>
        <translation>Diese Version der Runtime kennt die Option {option} nicht.</translation>
    </message>
    <message>
        <source>Leave it out, or check the runtime again.</source>
        <translation>Die Option weglassen oder die Runtime neu prüfen.</translation>
    </message>
    <message>
        <source>The runtime refused how it was to serve: {line}</source>
        <translation>Die Runtime lehnt die gewählten Einstellungen ab: {line}</translation>
    </message>
    <message>
        <source>Make a new plan, or change the option it names.</source>
        <translation>Einen neuen Plan machen oder die genannte Option ändern.</translation>
    </message>
    <message>
        <source>The checkpoint does not take the cache format it was given: {line}</source>
        <translation>Der Checkpoint unterstützt das vorgegebene Cache-Format nicht: {line}</translation>
    </message>
    <message>
        <source>Let the checkpoint decide.</source>
        <translation>Den Checkpoint bestimmen lassen.</translation>
    </message>
    <message>
        <source>The model&apos;s files are not all there: {line}</source>
        <translation>Die Dateien des Modells sind nicht vollständig: {line}</translation>
    </message>
    <message>
        <source>Fetch the model again; what is here is kept.</source>
        <translation>Das Modell neu holen; was hier ist, bleibt.</translation>
    </message>
    <message>
        <source>The runtime does not recognise how this checkpoint was quantised: {line}</source>
        <translation>Die Runtime erkennt nicht, wie dieser Checkpoint quantisiert ist: {line}</translation>
    </message>
    <message>
        <source>Choose another checkpoint of the model.</source>
        <translation>Einen anderen Checkpoint des Modells wählen.</translation>
    </message>
    <message>
        <source>The container service does not answer: {line}</source>
        <translation>Der Container-Dienst antwortet nicht: {line}</translation>
    </message>
    <message>
        <source>Start the container service.</source>
        <translation>Den Container-Dienst starten.</translation>
    </message>
    <message>
        <source>This user may not use the container service: {line}</source>
        <translation>Dieses Konto darf den Container-Dienst nicht nutzen: {line}</translation>
    </message>
    <message>
        <source>Add the user to the docker group and sign in again.</source>
        <translation>Das Konto in die Gruppe docker aufnehmen und neu anmelden.</translation>
    </message>
    <message>
        <source>Containers get no card here: {line}</source>
        <translation>Container bekommen hier keine Karte: {line}</translation>
    </message>
    <message>
        <source>Install or repair the NVIDIA Container Toolkit.</source>
        <translation>Das NVIDIA Container Toolkit installieren oder reparieren.</translation>
    </message>
    <message>
        <source>The container image {image} is not on this computer.</source>
        <translation>Das Container-Image {image} ist nicht auf diesem Computer.</translation>
    </message>
    <message>
        <source>Install the runtime again.</source>
        <translation>Die Runtime neu installieren.</translation>
    </message>
    <message>
        <source>A container named {name} is there already, left by an earlier start.</source>
        <translation>Einen Container namens {name} gibt es schon, von einem früheren Start.</translation>
    </message>
    <message>
        <source>Remove it, then start again.</source>
        <translation>Ihn entfernen, dann neu starten.</translation>
    </message>
    <message>
        <source>This is a known fault of this runtime version: {line}</source>
        <translation>Das ist ein bekannter Fehler dieser Runtime-Version: {line}</translation>
    </message>
    <message>
        <source>Use a newer version of the runtime.</source>
        <translation>Eine neuere Version der Runtime verwenden.</translation>
    </message>
    <message>
        <source>The start stands still at the step {step}: for {waited_s} it said nothing, and neither card nor disk had work. It was ended. Its last words: {line}</source>
        <translation>Der Start stockt beim Schritt „{step}“: {waited_s} lang kam keine Meldung, und weder Karte noch Datenträger hatten etwas zu tun. Er wurde beendet. Letzte Worte: {line}</translation>
    </message>
    <message>
        <source>Serve again, or see what the doctor offers on the Logs page.</source>
        <translation>Das Modell neu starten oder auf der Seite „Protokolle“ ansehen, was die Diagnose anbietet.</translation>
    </message>
    <message>
        <source>The engine ran, but could not answer any more: {reason}. It was ended.</source>
        <translation>Die Engine lief, konnte aber nicht mehr antworten: {reason}. Sie wurde beendet.</translation>
    </message>
    <message>
        <source>It is started again by itself; if it happens again, read the log.</source>
        <translation>Sie wird von selbst neu gestartet; passiert es wieder, das Protokoll lesen.</translation>
    </message>
    <message>
        <source>{engine} has ended, but memory of {name} is still held by {holders}.</source>
        <translation>{engine} ist beendet, aber Speicher von {name} wird noch von {holders} belegt.</translation>
    </message>
    <message>
        <source>End what holds it, if nobody needs it.</source>
        <translation>Beenden, was ihn belegt, wenn niemand es braucht.</translation>
    </message>
    <message>
        <source>The doctor has nothing to say of {engine}.</source>
        <translation>Die Diagnose hat zu {engine} nichts zu melden.</translation>
    </message>
    <message>
        <source>It has not failed since it last ran; nothing needs to be done.</source>
        <translation>Seit dem letzten Lauf gab es keinen Fehler; nichts ist zu tun.</translation>
    </message>
    <message>
        <source>The doctor does not offer {fix} for {engine} any more.</source>
        <translation>Die Diagnose bietet {fix} für {engine} nicht mehr an.</translation>
    </message>
    <message>
        <source>Look at its finding again; it offers {known}.</source>
        <translation>Ihren Befund neu ansehen; angeboten wird {known}.</translation>
    </message>
    <message>
        <source>{fix} cannot be done for {engine} from here: {reason}</source>
        <translation>{fix} lässt sich für {engine} von hier aus nicht tun: {reason}</translation>
    </message>
    <message>
        <source>Choose another way out.</source>
        <translation>Einen anderen Ausweg wählen.</translation>
    </message>
    <message>
        <source>{fix} for {engine} would end programs of yours: {holders}.</source>
        <translation>{fix} für {engine} würde Programme von Ihnen beenden: {holders}.</translation>
    </message>
    <message>
        <source>Say that they may be ended, or end them yourself.</source>
        <translation>Erlauben Sie, dass sie beendet werden, oder beenden Sie sie selbst.</translation>
    </message>
    <message>
        <source>Process {pid} has ended, is another one by now, or carries no mark of an engine.</source>
        <translation>Prozess {pid} ist beendet, inzwischen ein anderer oder trägt kein Kennzeichen einer Engine.</translation>
    </message>
    <message>
        <source>Look at the list again.</source>
        <translation>Die Liste neu ansehen.</translation>
    </message>
    <message>
        <source>There is no model named {model} here. Known: {known}.</source>
        <translation>Ein Modell namens {model} gibt es hier nicht. Bekannt: {known}.</translation>
    </message>
    <message>
        <source>Choose one of the known models.</source>
        <translation>Eines der bekannten Modelle wählen.</translation>
    </message>
    <message>
        <source>There is no model {model} in the catalogue. Nearest: {nearest}.</source>
        <translation>Im Katalog gibt es kein Modell {model}. Am nächsten: {nearest}.</translation>
    </message>
    <message>
        <source>Choose one of these, or give a Hugging Face id or the path of a model.</source>
        <translation>Eines davon wählen oder eine Hugging-Face-ID oder den Pfad eines Modells angeben.</translation>
    </message>
    <message>
        <source>The starter model is not on this machine. Looked in: {searched}.</source>
        <translation>Das Startmodell ist nicht auf dieser Maschine. Gesucht in: {searched}.</translation>
    </message>
    <message>
        <source>Install it with the launch script, or choose another model.</source>
        <translation>Mit dem Startskript installieren oder ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>There is no runtime {runtime} here. Known: {known}.</source>
        <translation>Eine Runtime {runtime} gibt es hier nicht. Bekannt: {known}.</translation>
    </message>
    <message>
        <source>Choose one of the known ones, or install it.</source>
        <translation>Eine der bekannten wählen oder sie installieren.</translation>
    </message>
    <message>
        <source>TensorRT-LLM {version} cannot be installed in this form. Known: {known}.</source>
        <translation>TensorRT-LLM {version} lässt sich in dieser Form nicht installieren. Bekannt: {known}.</translation>
    </message>
    <message>
        <source>Choose one of these versions, or install it as a container.</source>
        <translation>Eine dieser Versionen wählen oder als Container installieren.</translation>
    </message>
    <message>
        <source>{runtime} is installed already.</source>
        <translation>{runtime} ist schon installiert.</translation>
    </message>
    <message>
        <source>Remove it first to install it anew.</source>
        <translation>Für eine Neuinstallation zuerst entfernen.</translation>
    </message>
    <message>
        <source>{runtime} is in use by {users}.</source>
        <translation>{runtime} wird von {users} benutzt.</translation>
    </message>
    <message>
        <source>Stop that first, then try again.</source>
        <translation>Das zuerst stoppen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>{runtime} is a part of Engineroom.</source>
        <translation>{runtime} ist ein Teil von Engineroom.</translation>
    </message>
    <message>
        <source>It goes when Engineroom is uninstalled.</source>
        <translation>Sie wird zusammen mit Engineroom deinstalliert.</translation>
    </message>
    <message>
        <source>{runtime} cannot be installed here: {reason}</source>
        <translation>{runtime} lässt sich hier nicht installieren: {reason}</translation>
    </message>
    <message>
        <source>Mend that, then install it again; nothing was fetched.</source>
        <translation>Das beheben und neu installieren; nichts wurde geholt.</translation>
    </message>
    <message>
        <source>{runtime} cannot become the default: {reason}</source>
        <translation>{runtime} kann nicht zum Standard werden: {reason}</translation>
    </message>
    <message>
        <source>Run its gate again; the one before stays until then.</source>
        <translation>Die Abnahme wiederholen; bis dahin bleibt die bisherige Runtime der Standard.</translation>
    </message>
    <message>
        <source>{runtime} was installed anew, and the one before stays in use: {reason}</source>
        <translation>{runtime} wurde neu installiert, und die bisherige Installation bleibt in Gebrauch: {reason}</translation>
    </message>
    <message>
        <source>Mend that and take the job up again, or cancel it, which removes the new one.</source>
        <translation>Beheben Sie das und nehmen Sie den Auftrag wieder auf, oder brechen Sie ihn ab; die neue wird dann entfernt.</translation>
    </message>
    <message>
        <source>{runtime} was installed, but {missing} is gone.</source>
        <translation>{runtime} war installiert, aber {missing} ist fort.</translation>
    </message>
    <message>
        <source>Remove the runtime and install it again.</source>
        <translation>Die Runtime entfernen und neu installieren.</translation>
    </message>
    <message>
        <source>The installation stopped at the step {step}: {line}</source>
        <translation>Die Installation ist beim Schritt „{step}“ stehen geblieben: {line}</translation>
    </message>
    <message>
        <source>Mend the cause and install again; it goes on from there.</source>
        <translation>Die Ursache beheben und erneut installieren; es geht an dieser Stelle weiter.</translation>
    </message>
    <message>
        <source>The order of the installation, {path}, cannot be used: {reason}.</source>
        <translation>Der Installationsauftrag {path} lässt sich nicht verwenden: {reason}.</translation>
    </message>
    <message>
        <source>Install again.</source>
        <translation>Neu installieren.</translation>
    </message>
    <message>
        <source>There is no engine {engine} here. Known: {known}.</source>
        <translation>Eine Engine {engine} gibt es hier nicht. Bekannt: {known}.</translation>
    </message>
    <message>
        <source>Choose one of the known ones.</source>
        <translation>Eine der bekannten wählen.</translation>
    </message>
    <message>
        <source>{engine} has been built already.</source>
        <translation>{engine} ist schon gebaut.</translation>
    </message>
    <message>
        <source>Start it, or remove it to build it anew.</source>
        <translation>Die vorhandene starten oder zum Neubau entfernen.</translation>
    </message>
    <message>
        <source>The engine in {path} cannot be started: {reason}.</source>
        <translation>Die Engine in {path} lässt sich nicht starten: {reason}.</translation>
    </message>
    <message>
        <source>Build it again; the model it reads is kept.</source>
        <translation>Neu bauen; das Modell dazu bleibt.</translation>
    </message>
    <message>
        <source>{model} cannot be built for {gpu}: {reason}.</source>
        <translation>{model} lässt sich für {gpu} nicht bauen: {reason}.</translation>
    </message>
    <message>
        <source>Choose another precision, context or model; nothing was fetched.</source>
        <translation>Andere Präzision, anderen Kontext oder ein anderes Modell wählen; nichts wurde geholt.</translation>
    </message>
    <message>
        <source>{model} on {gpu} may not work: {reason}.</source>
        <translation>{model} auf {gpu} funktioniert vielleicht nicht: {reason}.</translation>
    </message>
    <message>
        <source>Say that you want it all the same, or change the plan.</source>
        <translation>Trotzdem bestätigen oder den Plan ändern.</translation>
    </message>
    <message>
        <source>The build stopped at the step {stage}: {line}</source>
        <translation>Der Build ist beim Schritt „{stage}“ stehen geblieben: {line}</translation>
    </message>
    <message>
        <source>Mend the cause and build again; it goes on from there.</source>
        <translation>Die Ursache beheben und erneut bauen; es geht an dieser Stelle weiter.</translation>
    </message>
    <message>
        <source>{address} does not answer as an OpenAI-compatible server does: {reason}.</source>
        <translation>{address} antwortet nicht wie ein OpenAI-kompatibler Server: {reason}.</translation>
    </message>
    <message>
        <source>Check the address, and that the server runs.</source>
        <translation>Prüfen, ob die Adresse stimmt und der Server läuft.</translation>
    </message>
    <message>
        <source>The model file {path} is gone.</source>
        <translation>Die Modelldatei {path} ist fort.</translation>
    </message>
    <message>
        <source>Put the file back, or choose another model.</source>
        <translation>Die Datei wiederherstellen oder ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>The model file {path} cannot be read: {reason}.</source>
        <translation>Die Modelldatei {path} lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>Give your user permission to read it.</source>
        <translation>Dem eigenen Konto Leserechte geben.</translation>
    </message>
    <message>
        <source>{path} is not a GGUF model file; it begins with {found}.</source>
        <translation>{path} ist keine GGUF-Modelldatei; sie beginnt mit {found}.</translation>
    </message>
    <message>
        <source>Choose a file in the GGUF format.</source>
        <translation>Eine Datei im GGUF-Format wählen.</translation>
    </message>
    <message>
        <source>{path} is written in GGUF version {version}, which this runtime does not read.</source>
        <translation>{path} ist in GGUF-Version {version} geschrieben, die diese Runtime nicht liest.</translation>
    </message>
    <message>
        <source>Get the model in a current GGUF version.</source>
        <translation>Das Modell in einer aktuellen GGUF-Version holen.</translation>
    </message>
    <message>
        <source>{path} is cut short: it should hold {needs_bytes} and holds {has_bytes}.</source>
        <translation>{path} ist abgeschnitten: {needs_bytes} sollten es sein, {has_bytes} sind es.</translation>
    </message>
    <message>
        <source>Fetch the file again; a download probably broke off.</source>
        <translation>Die Datei neu holen; wahrscheinlich brach ein Download ab.</translation>
    </message>
    <message>
        <source>{path} is damaged: {reason}.</source>
        <translation>{path} ist beschädigt: {reason}.</translation>
    </message>
    <message>
        <source>Fetch the file again.</source>
        <translation>Die Datei neu holen.</translation>
    </message>
    <message>
        <source>The configuration of {model} describes no language model to plan for: {reason}.</source>
        <translation>Mit der Konfiguration von {model} lässt sich nicht planen: {reason}.</translation>
    </message>
    <message>
        <source>Fetch the model again, or choose another one.</source>
        <translation>Das Modell neu holen oder ein anderes wählen.</translation>
    </message>
    <message>
        <source>The header of {path} is damaged: {reason}.</source>
        <translation>Die Kopfdaten von {path} sind beschädigt: {reason}.</translation>
    </message>
    <message>
        <source>{path} is larger than any real file of its kind ({has_bytes} of {limit_bytes} at most).</source>
        <translation>{path} ist größer als jede echte Datei dieser Art ({has_bytes}, höchstens {limit_bytes}).</translation>
    </message>
    <message>
        <source>Check where it comes from; it was not read.</source>
        <translation>Die Herkunft prüfen; sie wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>There is no precision named {precision}.</source>
        <translation>Eine Präzision namens {precision} gibt es nicht.</translation>
    </message>
    <message>
        <source>Choose one of those offered, such as bf16, fp8, nvfp4 or q4_k_m.</source>
        <translation>Eine der angebotenen wählen, etwa bf16, fp8, nvfp4 oder q4_k_m.</translation>
    </message>
    <message>
        <source>{path} is not the file that was published: its SHA-256 is {found}, expected {expected}.</source>
        <translation>{path} ist nicht die veröffentlichte Datei: Ihr SHA-256 ist {found}, erwartet {expected}.</translation>
    </message>
    <message>
        <source>Fetch the file again, and do not use this copy.</source>
        <translation>Die Datei neu holen und diese Kopie nicht verwenden.</translation>
    </message>
    <message>
        <source>The engine room that runs is older ({theirs}) than this window ({ours}).</source>
        <translation>Der laufende Maschinenraum ist älter ({theirs}) als dieses Fenster ({ours}).</translation>
    </message>
    <message>
        <source>Restart it, and both are of one version. Engines it runs are stopped.</source>
        <translation>Ihn neu starten, dann haben beide dieselbe Version. Seine Engines werden gestoppt.</translation>
    </message>
    <message>
        <source>The engine room that runs is newer ({theirs}) than this window ({ours}).</source>
        <translation>Der laufende Maschinenraum ist neuer ({theirs}) als dieses Fenster ({ours}).</translation>
    </message>
    <message>
        <source>Restart this window; if that does not help, update Engineroom.</source>
        <translation>Dieses Fenster neu starten; hilft das nicht, Engineroom aktualisieren.</translation>
    </message>
    <message>
        <source>The engine room is {theirs}, this window {ours}; they understand each other.</source>
        <translation>Der Maschinenraum hat {theirs}, dieses Fenster {ours}; sie verstehen einander.</translation>
    </message>
    <message>
        <source>Restart it when nothing is being served, and both are the same.</source>
        <translation>Ihn neu starten, wenn nichts läuft, dann sind beide gleich.</translation>
    </message>
    <message>
        <source>There is no ssh program here, and without it no other computer can be reached.</source>
        <translation>Hier gibt es kein Programm ssh, und ohne es ist kein anderer Computer erreichbar.</translation>
    </message>
    <message>
        <source>Install the OpenSSH client.</source>
        <translation>Den OpenSSH-Client installieren.</translation>
    </message>
    <message>
        <source>{host} shows another key than before: somebody may be in between, or it was set up anew.</source>
        <translation>{host} zeigt einen anderen Schlüssel als zuvor: Jemand könnte die Verbindung abfangen, oder der Rechner wurde neu eingerichtet.</translation>
    </message>
    <message>
        <source>Nothing was sent. Ask who runs it; if the new key is right, remove the old one from {path}.</source>
        <translation>Nichts wurde gesendet. Den Betreiber fragen; stimmt der neue Schlüssel, den alten aus {path} entfernen.</translation>
    </message>
    <message>
        <source>{host} does not let you in: {reason}.</source>
        <translation>{host} lässt keine Anmeldung zu: {reason}.</translation>
    </message>
    <message>
        <source>Logging in must work without a password: ssh-copy-id {host} sets that up.</source>
        <translation>Die Anmeldung muss ohne Passwort gehen: ssh-copy-id {host} richtet das ein.</translation>
    </message>
    <message>
        <source>{host} cannot be reached: {reason}.</source>
        <translation>{host} ist nicht erreichbar: {reason}.</translation>
    </message>
    <message>
        <source>This window keeps trying; check the name, the network, and that it is on.</source>
        <translation>Dieses Fenster versucht es weiter; Name und Netzwerk prüfen und ob er an ist.</translation>
    </message>
    <message>
        <source>The engine room of {host} is not running.</source>
        <translation>Der Maschinenraum von {host} läuft nicht.</translation>
    </message>
    <message>
        <source>Start it there to see and serve models.</source>
        <translation>Ihn dort starten, um Modelle zu sehen und zu betreiben.</translation>
    </message>
    <message>
        <source>There is no Engineroom on {host} where a login finds it.</source>
        <translation>Auf {host} gibt es kein Engineroom, das eine Anmeldung findet.</translation>
    </message>
    <message>
        <source>Install it there, or put its engineroom command on the PATH of that login.</source>
        <translation>Es dort installieren oder seinen Befehl engineroom in den PATH dieser Anmeldung legen.</translation>
    </message>
    <message>
        <source>{host} gave an answer that this window cannot read.</source>
        <translation>{host} gab eine Antwort, die dieses Fenster nicht lesen kann.</translation>
    </message>
    <message>
        <source>Install the same version of Engineroom on both computers.</source>
        <translation>Auf beiden Computern dieselbe Version von Engineroom installieren.</translation>
    </message>
    <message>
        <source>Check the network, then try again; what is here already stays.</source>
        <translation>Das Netzwerk prüfen und erneut versuchen; was schon da ist, bleibt.</translation>
    </message>
    <message>
        <source>The offline switch is on, so nothing was asked of {host}.</source>
        <translation>Der Offline-Schalter ist an, daher wurde von {host} nichts erfragt.</translation>
    </message>
    <message>
        <source>Models that are here work; switch it off to look for others.</source>
        <translation>Vorhandene Modelle funktionieren; ihn ausschalten, um andere zu suchen.</translation>
    </message>
    <message>
        <source>{host} answered with an error of its own (status {status}).</source>
        <translation>{host} antwortete mit einem eigenen Fehler (Status {status}).</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>Später erneut versuchen.</translation>
    </message>
    <message>
        <source>{host} did not answer as a Hugging Face Hub does: {reason}.</source>
        <translation>{host} antwortete nicht wie ein Hugging Face Hub: {reason}.</translation>
    </message>
    <message>
        <source>Check HF_ENDPOINT and any proxy between.</source>
        <translation>HF_ENDPOINT und einen etwaigen Proxy prüfen.</translation>
    </message>
    <message>
        <source>{host} did not accept the access token.</source>
        <translation>{host} nahm das Zugriffstoken nicht an.</translation>
    </message>
    <message>
        <source>Make a new one on its page of settings, or remove the old one.</source>
        <translation>Auf dessen Einstellungsseite ein neues anlegen oder das alte entfernen.</translation>
    </message>
    <message>
        <source>{host} wants fewer requests from this address for now.</source>
        <translation>{host} verlangt von dieser Adresse vorerst weniger Anfragen.</translation>
    </message>
    <message>
        <source>Wait {retry_after_s} and try again; a token raises the limit.</source>
        <translation>{retry_after_s} warten und erneut versuchen; ein Token hebt die Grenze an.</translation>
    </message>
    <message>
        <source>&apos;{repo}&apos; is not the name of a Hub repository.</source>
        <translation>„{repo}“ ist nicht der Name eines Hub-Repositorys.</translation>
    </message>
    <message>
        <source>Write owner/name, owner/name@revision, or paste the address of its page.</source>
        <translation>owner/name oder owner/name@revision schreiben oder die Adresse seiner Seite einfügen.</translation>
    </message>
    <message>
        <source>There is no repository {repo}, or it is private and this token may not see it.</source>
        <translation>Ein Repository {repo} gibt es nicht, oder es ist privat und für dieses Token unsichtbar.</translation>
    </message>
    <message>
        <source>Check the name, or store a token that may.</source>
        <translation>Den Namen prüfen oder ein Token speichern, das es darf.</translation>
    </message>
    <message>
        <source>{repo} has no revision {revision}.</source>
        <translation>{repo} hat keine Revision {revision}.</translation>
    </message>
    <message>
        <source>Name a branch, a tag or a commit of it, or none to take the newest.</source>
        <translation>Einen Branch, Tag oder Commit davon nennen oder keinen, um den neuesten zu nehmen.</translation>
    </message>
    <message>
        <source>{repo} has no file {path} in revision {revision}.</source>
        <translation>{repo} hat keine Datei {path} in Revision {revision}.</translation>
    </message>
    <message>
        <source>Choose another revision, or tell its authors.</source>
        <translation>Eine andere Revision wählen oder es den Autoren sagen.</translation>
    </message>
    <message>
        <source>{repo} is only for those who accepted its licence, and no access token is stored.</source>
        <translation>{repo} ist nur zugänglich, wenn man seine Lizenz angenommen hat, und es ist kein Zugriffstoken gespeichert.</translation>
    </message>
    <message>
        <source>Accept the licence at {page} and store a token of that account.</source>
        <translation>Die Lizenz unter {page} annehmen und ein Token dieses Kontos speichern.</translation>
    </message>
    <message>
        <source>{repo} is only for those who accepted its licence, and this token&apos;s account has not.</source>
        <translation>{repo} ist nur zugänglich, wenn man seine Lizenz angenommen hat; das Konto dieses Tokens hat das nicht getan.</translation>
    </message>
    <message>
        <source>Accept it at {page} with that account; the token must be allowed to read gated repositories.</source>
        <translation>Sie unter {page} mit diesem Konto annehmen; das Token muss zugangsbeschränkte Repositorys lesen dürfen.</translation>
    </message>
    <message>
        <source>The authors of {repo} have not yet answered the request for access.</source>
        <translation>Die Autoren von {repo} haben die Zugangsanfrage noch nicht beantwortet.</translation>
    </message>
    <message>
        <source>The step missing is theirs; {page} shows when it is done.</source>
        <translation>Der fehlende Schritt liegt bei ihnen; {page} zeigt, wann er getan ist.</translation>
    </message>
    <message>
        <source>{repo} has no weights that can be served: no safetensors and no GGUF file.</source>
        <translation>{repo} hat keine verwendbaren Gewichte: weder safetensors noch eine GGUF-Datei.</translation>
    </message>
    <message>
        <source>Choose another repository.</source>
        <translation>Ein anderes Repository wählen.</translation>
    </message>
    <message>
        <source>{repo} has its weights only as pickle files such as {path}, which can run any program when loaded.</source>
        <translation>{repo} hat seine Gewichte nur als Pickle-Dateien wie {path}, die beim Laden jedes Programm ausführen können.</translation>
    </message>
    <message>
        <source>They are not fetched; choose a repository with safetensors or GGUF files.</source>
        <translation>Sie werden nicht geholt; ein Repository mit safetensors oder GGUF-Dateien wählen.</translation>
    </message>
    <message>
        <source>{repo} has several sets of weights: {choices}.</source>
        <translation>{repo} hat mehrere Sätze von Gewichten: {choices}.</translation>
    </message>
    <message>
        <source>Name the one to fetch.</source>
        <translation>Den nennen, der geholt werden soll.</translation>
    </message>
    <message>
        <source>{repo} brings program code of its own that would run on this computer.</source>
        <translation>{repo} bringt eigenen Programmcode mit, der auf diesem Computer laufen würde.</translation>
    </message>
    <message>
        <source>Read it; then allow it for exactly revision {revision}, or choose another model.</source>
        <translation>Ihn lesen; dann für genau Revision {revision} erlauben oder ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>{repo} has a file with a name that may not be written here: {path}.</source>
        <translation>{repo} hat eine Datei mit einem Namen, der hier nicht geschrieben werden darf: {path}.</translation>
    </message>
    <message>
        <source>Nothing was fetched; choose another repository.</source>
        <translation>Nichts wurde geholt; ein anderes Repository wählen.</translation>
    </message>
    <message>
        <source>{path} of {repo} is not what the Hub listed before the download: {reason}.</source>
        <translation>{path} von {repo} ist nicht, was der Hub vor dem Download angab: {reason}.</translation>
    </message>
    <message>
        <source>Look the model up again, then fetch it again.</source>
        <translation>Das Modell neu nachschlagen und neu holen.</translation>
    </message>
    <message>
        <source>{path} of {repo} arrived twice with the wrong content: its hash is {found}, the Hub says {expected}.</source>
        <translation>{path} von {repo} kam zweimal mit falschem Inhalt an: Der Hash ist {found}, der Hub sagt {expected}.</translation>
    </message>
    <message>
        <source>It was thrown away; try another network or mirror.</source>
        <translation>Die Datei wurde verworfen; ein anderes Netzwerk oder einen anderen Mirror versuchen.</translation>
    </message>
    <message>
        <source>The download needs {needs_bytes} more below {path}, and {free_bytes} are free.</source>
        <translation>Der Download braucht noch {needs_bytes} unter {path}, und {free_bytes} sind frei.</translation>
    </message>
    <message>
        <source>Free space, or set HF_HOME to a larger disk; nothing was fetched.</source>
        <translation>Platz schaffen oder HF_HOME auf einen größeren Datenträger setzen; nichts wurde geholt.</translation>
    </message>
    <message>
        <source>The disk of {path} is full.</source>
        <translation>Der Datenträger von {path} ist voll.</translation>
    </message>
    <message>
        <source>Free space and start the download again; it goes on where it stopped.</source>
        <translation>Platz schaffen und den Download neu starten; er geht weiter, wo er anhielt.</translation>
    </message>
    <message>
        <source>The model cache {path} cannot be written: {reason}.</source>
        <translation>Der Modell-Cache {path} lässt sich nicht beschreiben: {reason}.</translation>
    </message>
    <message>
        <source>Give your user permission, or set HF_HOME to another place.</source>
        <translation>Dem eigenen Konto Rechte geben oder HF_HOME anderswohin setzen.</translation>
    </message>
    <message>
        <source>The list of files to fetch cannot be used: {reason}.</source>
        <translation>Die Liste der zu holenden Dateien lässt sich nicht verwenden: {reason}.</translation>
    </message>
    <message>
        <source>Start the download again.</source>
        <translation>Den Download neu starten.</translation>
    </message>
    <message>
        <source>There is no GGUF model below {path}.</source>
        <translation>Unter {path} gibt es kein GGUF-Modell.</translation>
    </message>
    <message>
        <source>Choose a GGUF file, or the folder it lies in.</source>
        <translation>Eine GGUF-Datei wählen oder den Ordner, in dem sie liegt.</translation>
    </message>
    <message>
        <source>{model} cannot be removed here; it comes from {source}.</source>
        <translation>{model} lässt sich hier nicht entfernen; es kommt von: {source}.</translation>
    </message>
    <message>
        <source>Take it out of the settings, or uninstall what brought it.</source>
        <translation>Es aus den Einstellungen nehmen oder deinstallieren, was es mitbrachte.</translation>
    </message>
    <message>
        <source>{model} is in use by the engine {engines}.</source>
        <translation>{model} wird von der Engine {engines} benutzt.</translation>
    </message>
    <message>
        <source>Stop that engine first.</source>
        <translation>Diese Engine zuerst stoppen.</translation>
    </message>
    <message>
        <source>{path} is not whole; missing: {missing}.</source>
        <translation>{path} ist unvollständig; es fehlt: {missing}.</translation>
    </message>
    <message>
        <source>{wrong} of {files} files are not what they should be, such as {path}: {reason}.</source>
        <translation>{wrong} von {files} Dateien sind nicht, was sie sein sollten, etwa {path}: {reason}.</translation>
    </message>
    <message>
        <source>Remove the model and fetch it again.</source>
        <translation>Das Modell entfernen und neu holen.</translation>
    </message>
    <message>
        <source>{model} comes from {source}; only models of the Hub have hashes that a bundle needs.</source>
        <translation>{model} kommt von {source}; nur Modelle des Hub haben die Hashes, die ein Bundle braucht.</translation>
    </message>
    <message>
        <source>Copy its file instead, and import it there.</source>
        <translation>Stattdessen seine Datei kopieren und dort importieren.</translation>
    </message>
    <message>
        <source>{path} is there already.</source>
        <translation>{path} gibt es schon.</translation>
    </message>
    <message>
        <source>Choose another place for the bundle, or move that away.</source>
        <translation>Einen anderen Ort für das Bundle wählen oder Vorhandenes verschieben.</translation>
    </message>
    <message>
        <source>The bundle {path} cannot be used: {reason}. Nothing of it was taken over.</source>
        <translation>Das Bundle {path} lässt sich nicht verwenden: {reason}. Nichts davon wurde übernommen.</translation>
    </message>
    <message>
        <source>Copy or export it again.</source>
        <translation>Neu kopieren oder exportieren.</translation>
    </message>
    <message>
        <source>There is no job {job} any more.</source>
        <translation>Einen Auftrag {job} gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The list is up to date again in a moment.</source>
        <translation>Die Liste ist gleich wieder aktuell.</translation>
    </message>
    <message>
        <source>The job {job} is {state} already.</source>
        <translation>Der Auftrag {job} ist schon {state}.</translation>
    </message>
    <message>
        <source>Start it anew if you want it again.</source>
        <translation>Bei Bedarf neu beginnen.</translation>
    </message>
    <message>
        <source>The job was stopped before it came to its end.</source>
        <translation>Der Auftrag wurde vor seinem Ende angehalten.</translation>
    </message>
    <message>
        <source>Resume it; it goes on where it was.</source>
        <translation>Ihn fortsetzen; er geht weiter, wo er war.</translation>
    </message>
    <message>
        <source>The worker of this job could not be started: {reason}.</source>
        <translation>Der Worker dieses Auftrags konnte nicht gestartet werden: {reason}.</translation>
    </message>
    <message>
        <source>Install Engineroom again.</source>
        <translation>Engineroom neu installieren.</translation>
    </message>
    <message>
        <source>The worker of this job ended unexpectedly (status {status}). Its last words: {line}.</source>
        <translation>Der Worker dieses Auftrags endete unerwartet (Status {status}). Seine letzten Worte: {line}.</translation>
    </message>
    <message>
        <source>Resume the job. If it happens again, the logs say more.</source>
        <translation>Den Auftrag fortsetzen. Passiert es wieder, steht Näheres im Protokoll.</translation>
    </message>
    <message>
        <source>{waiting} requests already wait for {model}, which is as many as may.</source>
        <translation>{waiting} Anfragen warten schon auf {model}, mehr dürfen es nicht sein.</translation>
    </message>
    <message>
        <source>Ask again in {retry_after_s}.</source>
        <translation>In {retry_after_s} erneut versuchen.</translation>
    </message>
    <message>
        <source>After {waited_s}, {model} still could not be asked, and nobody waits longer.</source>
        <translation>Auch nach {waited_s} war {model} nicht verfügbar; länger wird nicht gewartet.</translation>
    </message>
    <message>
        <source>There is no room for {model}: it needs {needs_bytes}, and at most {room_bytes} could be free.</source>
        <translation>Für {model} ist kein Platz: Es braucht {needs_bytes}, und höchstens {room_bytes} könnten frei sein.</translation>
    </message>
    <message>
        <source>End other programs that hold memory, or give it less context.</source>
        <translation>Andere Programme beenden, die Speicher belegen, oder ihm weniger Kontext geben.</translation>
    </message>
    <message>
        <source>There is no room for {model} beside what is pinned: {pinned}.</source>
        <translation>Für {model} ist kein Platz neben dem Angepinnten: {pinned}.</translation>
    </message>
    <message>
        <source>Let go of a pinned engine, then ask again.</source>
        <translation>Eine angepinnte Engine lösen, dann neu fragen.</translation>
    </message>
</context>
<context>
    <name>routing</name>
    <message>
        <source>Loaded for a request. It needs {needs_bytes} of {room_bytes}.</source>
        <translation>Für eine Anfrage geladen. Es braucht {needs_bytes} von {room_bytes}.</translation>
    </message>
    <message>
        <source>Started by hand. It needs {needs_bytes} of {room_bytes}.</source>
        <translation>Von Hand gestartet. Es braucht {needs_bytes} von {room_bytes}.</translation>
    </message>
    <message>
        <source>Loaded although it is tight: it needs {needs_bytes} of {room_bytes}.</source>
        <translation>Geladen, obwohl es knapp ist: Es braucht {needs_bytes} von {room_bytes}.</translation>
    </message>
    <message>
        <source>Loaded without knowing how much memory it needs.</source>
        <translation>Geladen, ohne den Speicherbedarf zu kennen.</translation>
    </message>
    <message>
        <source>Being answered.</source>
        <translation>Wird beantwortet.</translation>
    </message>
    <message>
        <source>Unloaded for {other}. It gave back {frees_bytes} and had been idle for {idle_s}.</source>
        <translation>Entladen für {other}. Es gab {frees_bytes} zurück und war {idle_s} unbenutzt.</translation>
    </message>
    <message>
        <source>Unloaded after {idle_s} without a request.</source>
        <translation>Nach {idle_s} ohne Anfrage entladen.</translation>
    </message>
    <message>
        <source>Stopped by hand.</source>
        <translation>Von Hand gestoppt.</translation>
    </message>
    <message>
        <source>What it needs is being found out.</source>
        <translation>Der Bedarf wird gerade ermittelt.</translation>
    </message>
    <message>
        <source>The memory of {place} has not been read yet.</source>
        <translation>Der Speicher von {place} wurde noch nicht gelesen.</translation>
    </message>
    <message>
        <source>It is loading. Expected in {expected_s}.</source>
        <translation>Es lädt. Erwartet in {expected_s}.</translation>
    </message>
    <message>
        <source>All {slots} slots are answering.</source>
        <translation>Alle {slots} Slots sind beschäftigt.</translation>
    </message>
    <message>
        <source>{other} has its turn first.</source>
        <translation>{other} ist zuerst an der Reihe.</translation>
    </message>
    <message>
        <source>{other} is to make room and still answers.</source>
        <translation>{other} soll Platz machen und antwortet noch.</translation>
    </message>
    <message>
        <source>{other} was loaded only just now and stays for another {left_s}.</source>
        <translation>{other} wurde eben erst geladen und bleibt noch {left_s}.</translation>
    </message>
    <message>
        <source>{other} is being loaded where the room is.</source>
        <translation>{other} wird geladen, wo der Platz ist.</translation>
    </message>
    <message>
        <source>{other} is being unloaded.</source>
        <translation>{other} wird entladen.</translation>
    </message>
    <message>
        <source>The memory of {place} is still being given back.</source>
        <translation>Der Speicher von {place} wird noch zurückgegeben.</translation>
    </message>
    <message>
        <source>{other} was first to ask for the same room.</source>
        <translation>{other} hat zuerst um denselben Platz gebeten.</translation>
    </message>
    <message>
        <source>Turned away: {waiting} requests waited already.</source>
        <translation>Abgewiesen: {waiting} Anfragen warteten schon.</translation>
    </message>
    <message>
        <source>Turned away after waiting {waited_s}.</source>
        <translation>Abgewiesen nach {waited_s} Wartezeit.</translation>
    </message>
    <message>
        <source>Turned away: it needs {needs_bytes}, and at most {room_bytes} could be free.</source>
        <translation>Abgewiesen: Es braucht {needs_bytes}, und höchstens {room_bytes} könnten frei sein.</translation>
    </message>
    <message>
        <source>Turned away: no room for {needs_bytes} beside what is pinned ({pinned}).</source>
        <translation>Abgewiesen: kein Platz für {needs_bytes} neben dem Angepinnten ({pinned}).</translation>
    </message>
    <message>
        <source>Turned away: requests may not start engines here.</source>
        <translation>Abgewiesen: Anfragen dürfen hier keine Engines starten.</translation>
    </message>
    <message>
        <source>Turned away: the engine does not run.</source>
        <translation>Abgewiesen: Die Engine läuft nicht.</translation>
    </message>
    <message>
        <source>Turned away: the model is no longer here.</source>
        <translation>Abgewiesen: Das Modell ist nicht mehr hier.</translation>
    </message>
    <message>
        <source>It is loading.</source>
        <translation>Es lädt.</translation>
    </message>
    <message>
        <source>The engine room reported “{code}”.</source>
        <translation>Der Maschinenraum meldete „{code}“.</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>diesem Computer</translation>
    </message>
</context>
<context>
    <name>runtimes</name>
    <message>
        <source>container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>included</source>
        <translation>enthalten</translation>
    </message>
    <message>
        <source>attached</source>
        <translation>angebunden</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>installed, not proved yet</source>
        <translation>installiert, noch nicht erprobt</translation>
    </message>
    <message>
        <source>its gate failed</source>
        <translation>Abnahme nicht bestanden</translation>
    </message>
    <message>
        <source>not completely installed</source>
        <translation>nicht vollständig installiert</translation>
    </message>
    <message>
        <source>broken: parts of it are gone</source>
        <translation>defekt: Teile fehlen</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>antwortet nicht</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>CUDA</source>
        <translation>CUDA</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>Settings of an engine</source>
        <translation>Einstellungen einer Engine</translation>
    </message>
    <message>
        <source>Serves</source>
        <translation>Startet ein Modell</translation>
    </message>
    <message>
        <source>Calls a tool</source>
        <translation>Ruft ein Tool auf</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>bestanden</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>not run</source>
        <translation>nicht ausgeführt</translation>
    </message>
    <message>
        <source>serves {models}</source>
        <translation>betreibt {models}</translation>
    </message>
    <message>
        <source>used by {engines}</source>
        <translation>benutzt von {engines}</translation>
    </message>
    <message>
        <source>proved on simulated cards</source>
        <translation>auf simulierten Karten erprobt</translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>{name}: {value}</source>
        <translation>{name}: {value}</translation>
    </message>
    <message>
        <source>{what}; {more}</source>
        <translation>{what}; {more}</translation>
    </message>
    <message>
        <source>{what} {remedy}</source>
        <translation>{what} {remedy}</translation>
    </message>
    <message>
        <source>{what}. {remedy}</source>
        <translation>{what}. {remedy}</translation>
    </message>
    <message>
        <source>{what}.</source>
        <translation>{what}.</translation>
    </message>
</context>
<context>
    <name>serve</name>
    <message>
        <source>{number} bit</source>
        <translation>{number} Bit</translation>
    </message>
    <message>
        <source>None of the recommended models fits it</source>
        <translation>Keines der empfohlenen Modelle passt darauf</translation>
    </message>
    <message>
        <source>Holds {size} models in {bits}; speed not known</source>
        <translation>{size}-Modelle in {bits}; Tempo nicht bekannt</translation>
    </message>
    <message>
        <source>Runs {size} models in {bits}, ~{rate} tok/s (estimate)</source>
        <translation>{size}-Modelle in {bits}, ~{rate} tok/s (Schätzung)</translation>
    </message>
    <message>
        <source>{n} B</source>
        <translation>{n} B</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} Token</translation>
    </message>
    <message>
        <source>loaded in {time}</source>
        <translation>in {time} geladen</translation>
    </message>
    <message>
        <source>starts in about {time}</source>
        <translation>startet in etwa {time}</translation>
    </message>
    <message>
        <source>{time} so far; first start of this model here, so no time is known</source>
        <translation>{time} bisher; erster Start dieses Modells hier, daher ist keine Dauer bekannt</translation>
    </message>
    <message>
        <source>{time} so far, longer than usual ({expected})</source>
        <translation>{time} bisher, länger als üblich ({expected})</translation>
    </message>
    <message>
        <source>{time} so far, about {left} left (estimate)</source>
        <translation>{time} bisher, noch etwa {left} (Schätzung)</translation>
    </message>
    <message>
        <source>{active} now, {waiting} waiting</source>
        <translation>{active} jetzt, {waiting} wartend</translation>
    </message>
    <message>
        <source>{active} now</source>
        <translation>{active} jetzt</translation>
    </message>
    <message>
        <source>about {energy} J</source>
        <translation>etwa {energy} J</translation>
    </message>
    <message>
        <source>{energy} J</source>
        <translation>{energy} J</translation>
    </message>
    <message>
        <source>Serve</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Served</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Get and serve</source>
        <translation>Holen und starten</translation>
    </message>
    <message>
        <source>Build and serve</source>
        <translation>Bauen und starten</translation>
    </message>
    <message>
        <source>Install TensorRT-LLM</source>
        <translation>TensorRT-LLM installieren</translation>
    </message>
    <message>
        <source>No way here</source>
        <translation>Hier nicht möglich</translation>
    </message>
    <message>
        <source>It is on this computer.</source>
        <translation>Es ist auf diesem Computer.</translation>
    </message>
    <message>
        <source>It is being served.</source>
        <translation>Es läuft.</translation>
    </message>
    <message>
        <source>It is fetched from the Hub first, then served.</source>
        <translation>Es wird zuerst vom Hub geholt, dann gestartet.</translation>
    </message>
    <message>
        <source>It is fetched if need be, built into an engine for {card}, then served.</source>
        <translation>Es wird bei Bedarf geholt, zu einer Engine für {card} gebaut, dann gestartet.</translation>
    </message>
    <message>
        <source>TensorRT-LLM is needed for this card, and is installed once for all models.</source>
        <translation>Für diese Karte wird TensorRT-LLM gebraucht, einmal installiert für alle Modelle.</translation>
    </message>
    <message>
        <source>No runtime of this computer serves it.</source>
        <translation>Keine Runtime dieses Computers betreibt es.</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Listen on</source>
        <translation>Lauschen an</translation>
    </message>
    <message>
        <source>127.0.0.1 lets in this computer alone; 0.0.0.0 lets in others, with a key and over TLS.</source>
        <translation>127.0.0.1 lässt nur diesen Computer zu; 0.0.0.0 auch andere, mit Schlüssel und über TLS.</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>A number, or auto for the next one that is free.</source>
        <translation>Eine Zahl, oder auto für den nächsten freien.</translation>
    </message>
    <message>
        <source>Programs of this computer need no key</source>
        <translation>Programme dieses Computers brauchen keinen Schlüssel</translation>
    </message>
    <message>
        <source>Other computers always need one.</source>
        <translation>Andere Computer brauchen immer einen.</translation>
    </message>
    <message>
        <source>Further names</source>
        <translation>Weitere Namen</translation>
    </message>
    <message>
        <source>Names that a request may call this computer by, with commas between.</source>
        <translation>Namen, unter denen eine Anfrage diesen Computer ansprechen darf, mit Kommas getrennt.</translation>
    </message>
    <message>
        <source>Web pages that may call</source>
        <translation>Zugelassene Webseiten</translation>
    </message>
    <message>
        <source>Exact origins with commas between, such as app://obsidian.md; nobody else&apos;s page may.</source>
        <translation>Genaue Ursprünge, mit Kommas getrennt, etwa app://obsidian.md; keine andere Seite darf fragen.</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>A PEM file of your own, together with its key; without it one is made here.</source>
        <translation>Eine eigene PEM-Datei, zusammen mit ihrem Schlüssel; ohne sie wird hier eine erstellt.</translation>
    </message>
    <message>
        <source>Key of the certificate</source>
        <translation>Schlüssel des Zertifikats</translation>
    </message>
    <message>
        <source>Default model</source>
        <translation>Standardmodell</translation>
    </message>
    <message>
        <source>Who asks for “default” gets it. Empty: the starter model.</source>
        <translation>Wer nach „default“ fragt, bekommt es. Leer: das Startmodell.</translation>
    </message>
    <message>
        <source>Fetch images that requests name by an address</source>
        <translation>Bilder holen, die Anfragen per Adresse nennen</translation>
    </message>
    <message>
        <source>Only from public addresses; otherwise an image has to be in the request itself.</source>
        <translation>Nur von öffentlichen Adressen; sonst muss ein Bild in der Anfrage selbst stehen.</translation>
    </message>
    <message>
        <source>Load on demand</source>
        <translation>Bei Bedarf laden</translation>
    </message>
    <message>
        <source>A request starts the engine of its model.</source>
        <translation>Eine Anfrage startet die Engine ihres Modells.</translation>
    </message>
    <message>
        <source>Context of llama.cpp engines</source>
        <translation>Kontext von llama.cpp-Engines</translation>
    </message>
    <message>
        <source>Tokens of one request, prompt and answer. Agents need 32,768.</source>
        <translation>Token einer Anfrage, Prompt und Antwort. Agenten brauchen 32.768.</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>Anfragen gleichzeitig</translation>
    </message>
    <message>
        <source>Each takes memory for its context.</source>
        <translation>Jede braucht Speicher für ihren Kontext.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>0: one for each physical core.</source>
        <translation>0: einer je physischem Kern.</translation>
    </message>
    <message>
        <source>Cache of prompts (MiB)</source>
        <translation>Prompt-Cache (MiB)</translation>
    </message>
    <message>
        <source>Memory for prompts that were seen before.</source>
        <translation>Speicher für schon gesehene Prompts.</translation>
    </message>
    <message>
        <source>Price of a kilowatt-hour</source>
        <translation>Preis einer Kilowattstunde</translation>
    </message>
    <message>
        <source>Empty: no costs are shown.</source>
        <translation>Leer: Kosten werden nicht gezeigt.</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Währung</translation>
    </message>
    <message>
        <source>Keep single requests for (days)</source>
        <translation>Einzelne Anfragen aufbewahren (Tage)</translation>
    </message>
    <message>
        <source>Counts, times and joules; never prompts or answers.</source>
        <translation>Anzahlen, Zeiten und Joule; nie Prompts oder Antworten.</translation>
    </message>
    <message>
        <source>Keep sums for (days)</source>
        <translation>Summen aufbewahren (Tage)</translation>
    </message>
    <message>
        <source>Stay offline</source>
        <translation>Offline bleiben</translation>
    </message>
    <message>
        <source>The Hugging Face Hub is asked nothing, and nothing is fetched.</source>
        <translation>Vom Hugging Face Hub wird nichts erfragt, und nichts wird geholt.</translation>
    </message>
    <message>
        <source>Connections of a download</source>
        <translation>Verbindungen eines Downloads</translation>
    </message>
    <message>
        <source>Limit of a download (MiB/s)</source>
        <translation>Grenze eines Downloads (MiB/s)</translation>
    </message>
    <message>
        <source>Empty: as fast as it goes.</source>
        <translation>Leer: so schnell es geht.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Engines</source>
        <translation>Engines</translation>
    </message>
    <message>
        <source>Runtimes</source>
        <translation>Runtimes</translation>
    </message>
    <message>
        <source>Data and ledger</source>
        <translation>Daten und Energiebuch</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Protokolle</translation>
    </message>
</context>
<context>
    <name>sidebar</name>
    <message>
        <source>Use</source>
        <translation>Nutzen</translation>
    </message>
    <message>
        <source>Prepare</source>
        <translation>Vorbereiten</translation>
    </message>
    <message>
        <source>Operate</source>
        <translation>Verwalten</translation>
    </message>
</context>
<context>
    <name>tables</name>
    <message>
        <source>a program&apos;s command made the card&apos;s graphics engine fail</source>
        <translation>ein Befehl eines Programms ließ die Grafikeinheit der Karte ausfallen</translation>
    </message>
    <message>
        <source>a program used memory of the card that is not its own</source>
        <translation>ein Programm nutzte Speicher der Karte, der nicht seiner ist</translation>
    </message>
    <message>
        <source>the command stream of a program arrived damaged</source>
        <translation>der Befehlsstrom eines Programms kam beschädigt an</translation>
    </message>
    <message>
        <source>the card stopped a program&apos;s work after an error of that program</source>
        <translation>die Karte hielt die Arbeit eines Programms nach dessen Fehler an</translation>
    </message>
    <message>
        <source>the graphics engine failed while it changed from one program to another</source>
        <translation>die Grafikeinheit fiel beim Wechsel zwischen zwei Programmen aus</translation>
    </message>
    <message>
        <source>the driver ended a program&apos;s work because of an earlier error</source>
        <translation>der Treiber beendete die Arbeit eines Programms wegen eines früheren Fehlers</translation>
    </message>
    <message>
        <source>the card stopped answering its work</source>
        <translation>die Karte antwortet nicht mehr auf ihre Aufträge</translation>
    </message>
    <message>
        <source>two wrong bits in the card&apos;s memory, which cannot be corrected</source>
        <translation>zwei falsche Bits im Speicher der Karte, die sich nicht korrigieren lassen</translation>
    </message>
    <message>
        <source>the card&apos;s power controller stopped at a breakpoint</source>
        <translation>der Leistungsregler der Karte blieb an einem Haltepunkt stehen</translation>
    </message>
    <message>
        <source>the card&apos;s power controller halted</source>
        <translation>der Leistungsregler der Karte blieb stehen</translation>
    </message>
    <message>
        <source>a bad row of the card&apos;s memory was noted to be replaced by a spare one</source>
        <translation>eine defekte Zeile im Speicher der Karte wurde zum Ersatz durch eine Reservezeile vorgemerkt</translation>
    </message>
    <message>
        <source>a bad row of the card&apos;s memory could not be noted for replacement</source>
        <translation>eine defekte Zeile im Speicher der Karte ließ sich nicht zum Ersatz vormerken</translation>
    </message>
    <message>
        <source>a program sent the graphics engine a command it does not know</source>
        <translation>ein Programm sandte der Grafikeinheit einen unbekannten Befehl</translation>
    </message>
    <message>
        <source>an NVLink between cards failed</source>
        <translation>ein NVLink zwischen Karten fiel aus</translation>
    </message>
    <message>
        <source>the card has fallen off the bus</source>
        <translation>die Karte ist vom Bus verschwunden</translation>
    </message>
    <message>
        <source>many corrected single-bit errors in the card&apos;s memory</source>
        <translation>viele korrigierte Einzelbitfehler im Speicher der Karte</translation>
    </message>
    <message>
        <source>a memory error that hit one program only</source>
        <translation>ein Speicherfehler, der nur ein Programm traf</translation>
    </message>
    <message>
        <source>a memory error that may have hit every program on the card</source>
        <translation>ein Speicherfehler, der jedes Programm auf der Karte getroffen haben kann</translation>
    </message>
    <message>
        <source>changing from one program to another took too long</source>
        <translation>der Wechsel zwischen zwei Programmen dauerte zu lange</translation>
    </message>
    <message>
        <source>the card&apos;s system processor did not answer the driver in time</source>
        <translation>der Systemprozessor der Karte antwortete dem Treiber nicht rechtzeitig</translation>
    </message>
    <message>
        <source>the card&apos;s system processor failed</source>
        <translation>der Systemprozessor der Karte fiel aus</translation>
    </message>
    <message>
        <source>an error on the link between the card and its processor</source>
        <translation>ein Fehler auf der Verbindung zwischen der Karte und ihrem Prozessor</translation>
    </message>
    <message>
        <source>an error in the card&apos;s memory that could not be corrected</source>
        <translation>ein Fehler im Speicher der Karte, der sich nicht korrigieren ließ</translation>
    </message>
    <message>
        <source>what the card needs to recover has changed</source>
        <translation>was die Karte zur Erholung braucht, hat sich geändert</translation>
    </message>
    <message>
        <source>Start what was running again; if it happens with several programs, test the card</source>
        <translation>Was lief, neu starten; passiert es mit mehreren Programmen, die Karte testen</translation>
    </message>
    <message>
        <source>Start what was running again; if it happens with several programs, update the driver</source>
        <translation>Was lief, neu starten; passiert es mit mehreren Programmen, den Treiber aktualisieren</translation>
    </message>
    <message>
        <source>Start what was running again; if it repeats, update the driver and check the card&apos;s seat in its slot</source>
        <translation>Was lief, neu starten; passiert es wieder, den Treiber aktualisieren und den Sitz der Karte im Steckplatz prüfen</translation>
    </message>
    <message>
        <source>Nothing is wrong with the card; start what was running again</source>
        <translation>Der Karte fehlt nichts; was lief, neu starten</translation>
    </message>
    <message>
        <source>Start what was running again; if it repeats, ask the card&apos;s maker</source>
        <translation>Was lief, neu starten; passiert es wieder, den Hersteller der Karte fragen</translation>
    </message>
    <message>
        <source>Look at the Xid before this one; alone it only says that a program was ended</source>
        <translation>Den Xid davor ansehen; allein besagt dieser nur, dass ein Programm beendet wurde</translation>
    </message>
    <message>
        <source>End what runs on the card and reset it (nvidia-smi --gpu-reset), or restart the computer</source>
        <translation>Beenden, was auf der Karte läuft, und sie zurücksetzen (nvidia-smi --gpu-reset) oder den Computer neu starten</translation>
    </message>
    <message>
        <source>End what runs on the card and reset it, or restart the computer; if it repeats, have the card replaced</source>
        <translation>Beenden, was auf der Karte läuft, und sie zurücksetzen oder den Computer neu starten; passiert es wieder, die Karte ersetzen lassen</translation>
    </message>
    <message>
        <source>Restart the computer and update the driver; if it repeats, ask the card&apos;s maker</source>
        <translation>Den Computer neu starten und den Treiber aktualisieren; passiert es wieder, den Hersteller der Karte fragen</translation>
    </message>
    <message>
        <source>Reset the card or restart the computer; if it repeats, update the driver and ask the card&apos;s maker</source>
        <translation>Die Karte zurücksetzen oder den Computer neu starten; passiert es wieder, den Treiber aktualisieren und den Hersteller der Karte fragen</translation>
    </message>
    <message>
        <source>Nothing now; the spare row is used after the next reset of the card or restart of the computer</source>
        <translation>Vorerst nichts; die Reservezeile gilt nach dem nächsten Zurücksetzen der Karte oder Neustart des Computers</translation>
    </message>
    <message>
        <source>Reset the card or restart the computer; if it repeats, have the card replaced</source>
        <translation>Die Karte zurücksetzen oder den Computer neu starten; passiert es wieder, die Karte ersetzen lassen</translation>
    </message>
    <message>
        <source>Start what was running again; if it repeats, update the driver</source>
        <translation>Was lief, neu starten; passiert es wieder, den Treiber aktualisieren</translation>
    </message>
    <message>
        <source>Check the NVLink bridge or board, reset the cards or restart the computer; if it repeats, ask the maker</source>
        <translation>NVLink-Brücke oder -Platine prüfen, die Karten zurücksetzen oder den Computer neu starten; passiert es wieder, den Hersteller fragen</translation>
    </message>
    <message>
        <source>Restart the computer; if it repeats, check the card&apos;s seat, its power cables, the power supply and cooling</source>
        <translation>Den Computer neu starten; passiert es wieder, Sitz und Stromkabel der Karte, Netzteil und Kühlung prüfen</translation>
    </message>
    <message>
        <source>Nothing now; if it goes on, ask the card&apos;s maker</source>
        <translation>Vorerst nichts; geht es weiter, den Hersteller der Karte fragen</translation>
    </message>
    <message>
        <source>Start what was running again; the card is reset at the next restart of the computer</source>
        <translation>Was lief, neu starten; die Karte wird beim nächsten Neustart des Computers zurückgesetzt</translation>
    </message>
    <message>
        <source>End what runs on the card and reset it, or restart the computer, before it is used again</source>
        <translation>Vor weiterer Nutzung beenden, was auf der Karte läuft, und sie zurücksetzen oder den Computer neu starten</translation>
    </message>
    <message>
        <source>Reset the card or restart the computer; if it repeats, update the driver</source>
        <translation>Die Karte zurücksetzen oder den Computer neu starten; passiert es wieder, den Treiber aktualisieren</translation>
    </message>
    <message>
        <source>Reset the card or restart the computer, and update the driver</source>
        <translation>Die Karte zurücksetzen oder den Computer neu starten und den Treiber aktualisieren</translation>
    </message>
    <message>
        <source>Nothing now; if it repeats, ask the computer&apos;s maker</source>
        <translation>Vorerst nichts; passiert es wieder, den Hersteller des Computers fragen</translation>
    </message>
    <message>
        <source>See which Xid came before; nvidia-smi -q names the recovery action that the card asks for</source>
        <translation>Ansehen, welcher Xid davor kam; nvidia-smi -q nennt die Maßnahme, die die Karte verlangt</translation>
    </message>
    <message>
        <source>no kernels are built below SM 80 and there is no PTX to compile from; bfloat16 is refused</source>
        <translation>unter SM 80 sind keine Kernel gebaut, und es gibt kein PTX zum Kompilieren; bfloat16 wird abgelehnt</translation>
    </message>
    <message>
        <source>SM 8.7 and 8.8 are not built</source>
        <translation>für SM 8.7 und 8.8 nicht gebaut</translation>
    </message>
    <message>
        <source>the aarch64 build has no Ampere or Ada kernels</source>
        <translation>der aarch64-Build hat keine Kernel für Ampere oder Ada</translation>
    </message>
    <message>
        <source>not built</source>
        <translation>nicht gebaut</translation>
    </message>
    <message>
        <source>SM 11.0 (Thor) is not built</source>
        <translation>für SM 11.0 (Thor) nicht gebaut</translation>
    </message>
    <message>
        <source>there is no native Windows version of TensorRT-LLM 1.x</source>
        <translation>von TensorRT-LLM 1.x gibt es keine native Windows-Version</translation>
    </message>
    <message>
        <source>no kernels are built below SM 80</source>
        <translation>unter SM 80 sind keine Kernel gebaut</translation>
    </message>
    <message>
        <source>WSL2 is mentioned once, for release 0.17, and not validated since</source>
        <translation>WSL2 ist einmal genannt, für Version 0.17, und seither nicht geprüft</translation>
    </message>
    <message>
        <source>tensor parallelism over two cards fails on WSL2</source>
        <translation>Tensor-Parallelität über zwei Karten scheitert auf WSL2</translation>
    </message>
    <message>
        <source>below the lowest CUDA 12 target</source>
        <translation>unter dem niedrigsten Ziel von CUDA 12</translation>
    </message>
    <message>
        <source>only builds with CUDA 12 have code for it; CUDA 13 dropped these cards</source>
        <translation>nur Builds mit CUDA 12 haben Code dafür; CUDA 13 hat diese Karten aufgegeben</translation>
    </message>
    <message>
        <source>documented per SM, not for MLA; block reuse and chunked prefill are off on 12.1</source>
        <translation>je SM dokumentiert, nicht für MLA; Block-Reuse und Chunked Prefill sind auf 12.1 aus</translation>
    </message>
    <message>
        <source>no FP8 tensor cores; not in NVIDIA&apos;s matrix</source>
        <translation>keine FP8-Tensor-Cores; nicht in NVIDIAs Matrix</translation>
    </message>
    <message>
        <source>no FP8 tensor cores</source>
        <translation>keine FP8-Tensor-Cores</translation>
    </message>
    <message>
        <source>the code accepts this SM, NVIDIA&apos;s matrix does not list it</source>
        <translation>der Code nimmt diese SM an, NVIDIAs Matrix führt sie nicht</translation>
    </message>
    <message>
        <source>Unsupported SM version for FP8 block scaling GEMM</source>
        <translation>„Unsupported SM version for FP8 block scaling GEMM“</translation>
    </message>
    <message>
        <source>the code accepts SM 8.9, NVIDIA&apos;s matrix does not list it</source>
        <translation>der Code nimmt SM 8.9 an, NVIDIAs Matrix führt sie nicht</translation>
    </message>
    <message>
        <source>the code accepts SM 12.0, NVIDIA&apos;s matrix does not list it</source>
        <translation>der Code nimmt SM 12.0 an, NVIDIAs Matrix führt sie nicht</translation>
    </message>
    <message>
        <source>the Python side asks for exactly 120 and takes another path on 12.1</source>
        <translation>die Python-Seite verlangt genau 120 und nimmt auf 12.1 einen anderen Pfad</translation>
    </message>
    <message>
        <source>Unsupported SM version for FP8 block scaling MoEGEMM</source>
        <translation>„Unsupported SM version for FP8 block scaling MoEGEMM“</translation>
    </message>
    <message>
        <source>NotImplementedError: SM121 is not supported</source>
        <translation>„NotImplementedError: SM121 is not supported“</translation>
    </message>
    <message>
        <source>Arch unsupported for CUTLASS FP4 GEMM</source>
        <translation>„Arch unsupported for CUTLASS FP4 GEMM“</translation>
    </message>
    <message>
        <source>the 16-bit-activation kernel for MXFP4 experts exists only for SM 9.0</source>
        <translation>den Kernel mit 16-Bit-Aktivierungen für MXFP4-Experten gibt es nur für SM 9.0</translation>
    </message>
    <message>
        <source>dense MXFP4 is accepted on SM 10.0 and 10.3 only</source>
        <translation>dichtes MXFP4 wird nur auf SM 10.0 und 10.3 angenommen</translation>
    </message>
    <message>
        <source>the code runs Ampere kernels there, NVIDIA&apos;s matrix does not list it</source>
        <translation>der Code führt dort Ampere-Kernel aus, NVIDIAs Matrix führt es nicht</translation>
    </message>
    <message>
        <source>4-bit weights with FP8 activations need SM 8.9</source>
        <translation>4-Bit-Gewichte mit FP8-Aktivierungen brauchen SM 8.9</translation>
    </message>
    <message>
        <source>in the kernel table of the CUTLASS experts only</source>
        <translation>nur in der Kernel-Tabelle der CUTLASS-Experten</translation>
    </message>
    <message>
        <source>Arch unsupported for CUTLASS int8 GEMM</source>
        <translation>„Arch unsupported for CUTLASS int8 GEMM“</translation>
    </message>
    <message>
        <source>the PyTorch backend does not read GGUF files</source>
        <translation>das PyTorch-Backend liest keine GGUF-Dateien</translation>
    </message>
    <message>
        <source>bitsandbytes checkpoints are taken for unquantised and fail on their tensors</source>
        <translation>bitsandbytes-Checkpoints gelten als unquantisiert und scheitern an ihren Tensoren</translation>
    </message>
    <message>
        <source>FP8 needs SM 8.9</source>
        <translation>FP8 braucht SM 8.9</translation>
    </message>
    <message>
        <source>FP4 needs Blackwell</source>
        <translation>FP4 braucht Blackwell</translation>
    </message>
    <message>
        <source>since March 2026; native FP4 path on SM 12.x</source>
        <translation>seit März 2026; nativer FP4-Pfad auf SM 12.x</translation>
    </message>
    <message>
        <source>ggml has no such type; convert to GGUF first</source>
        <translation>ggml hat keinen solchen Typ; zuerst in GGUF umwandeln</translation>
    </message>
    <message>
        <source>the NVFP4 cache runs on SM 10.0 and 10.3 only</source>
        <translation>der NVFP4-Cache läuft nur auf SM 10.0 und 10.3</translation>
    </message>
    <message>
        <source>the NVFP4 cache needs FP8 weights</source>
        <translation>der NVFP4-Cache braucht FP8-Gewichte</translation>
    </message>
    <message>
        <source>a cache format of llama.cpp</source>
        <translation>ein Cache-Format von llama.cpp</translation>
    </message>
    <message>
        <source>the compiled backend needs SM 8.9 for FP8</source>
        <translation>das kompilierte Backend braucht für FP8 SM 8.9</translation>
    </message>
    <message>
        <source>only in builds with GGML_CUDA_FA_ALL_QUANTS; without it attention falls back to the processor</source>
        <translation>nur in Builds mit GGML_CUDA_FA_ALL_QUANTS; sonst rechnet die Attention auf dem Prozessor</translation>
    </message>
    <message>
        <source>llama.cpp has no such cache type</source>
        <translation>llama.cpp hat keinen solchen Cache-Typ</translation>
    </message>
    <message>
        <source>may be newer than 1.2.1</source>
        <translation>vielleicht neuer als 1.2.1</translation>
    </message>
    <message>
        <source>registered under DeciLMForCausalLM</source>
        <translation>als DeciLMForCausalLM registriert</translation>
    </message>
    <message>
        <source>not listed</source>
        <translation>nicht aufgeführt</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>fehlt dort</translation>
    </message>
    <message>
        <source>registered</source>
        <translation>registriert</translation>
    </message>
    <message>
        <source>needs a checkpoint calibrated for this cache</source>
        <translation>braucht einen für diesen Cache kalibrierten Checkpoint</translation>
    </message>
    <message>
        <source>TensorRT-LLM does not read GGUF files</source>
        <translation>TensorRT-LLM liest keine GGUF-Dateien</translation>
    </message>
    <message>
        <source>taken for unquantised, then fails</source>
        <translation>gilt als unquantisiert und scheitert dann</translation>
    </message>
    <message>
        <source>compiled from weights of 16 bits only</source>
        <translation>wird nur aus 16-Bit-Gewichten kompiliert</translation>
    </message>
    <message>
        <source>compiled engines ended with 1.2</source>
        <translation>kompilierte Engines gibt es nur bis 1.2</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>eingereiht</translation>
    </message>
    <message>
        <source>running</source>
        <translation>in Arbeit</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>plan</source>
        <translation>Planen</translation>
    </message>
    <message>
        <source>fetch</source>
        <translation>Holen</translation>
    </message>
    <message>
        <source>quantise</source>
        <translation>Quantisieren</translation>
    </message>
    <message>
        <source>convert</source>
        <translation>Umwandeln</translation>
    </message>
    <message>
        <source>compile</source>
        <translation>Kompilieren</translation>
    </message>
    <message>
        <source>configure</source>
        <translation>Konfigurieren</translation>
    </message>
    <message>
        <source>trial</source>
        <translation>Probelauf</translation>
    </message>
    <message>
        <source>seal</source>
        <translation>Versiegeln</translation>
    </message>
    <message>
        <source>environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>resolve</source>
        <translation>Auflösen</translation>
    </message>
    <message>
        <source>download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>install</source>
        <translation>Installieren</translation>
    </message>
    <message>
        <source>record</source>
        <translation>Aufzeichnen</translation>
    </message>
    <message>
        <source>probe</source>
        <translation>Befragen</translation>
    </message>
    <message>
        <source>wait</source>
        <translation>Warten auf die Karte</translation>
    </message>
    <message>
        <source>smoke</source>
        <translation>Funktionsprobe</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>embeddings</source>
        <translation>Embeddings</translation>
    </message>
    <message>
        <source>ranking</source>
        <translation>Reranking</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>expiry</source>
        <translation>Ablauf</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>priority</source>
        <translation>Priorität</translation>
    </message>
    <message>
        <source>tensors</source>
        <translation>Tensoren</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>dimensions</source>
        <translation>Dimensionen</translation>
    </message>
    <message>
        <source>array items</source>
        <translation>Listeneinträge</translation>
    </message>
    <message>
        <source>text bytes</source>
        <translation>Textbytes</translation>
    </message>
    <message>
        <source>experimental</source>
        <translation>experimentell</translation>
    </message>
    <message>
        <source>untested</source>
        <translation>ungetestet</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>installiert</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation>unvollständig</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>defekt</translation>
    </message>
    <message>
        <source>unreachable</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>the Hugging Face Hub</source>
        <translation>dem Hugging Face Hub</translation>
    </message>
    <message>
        <source>what is included</source>
        <translation>dem, was enthalten ist</translation>
    </message>
    <message>
        <source>the settings</source>
        <translation>den Einstellungen</translation>
    </message>
    <message>
        <source>a file of your own</source>
        <translation>einer eigenen Datei</translation>
    </message>
    <message>
        <source>another place</source>
        <translation>einem anderen Ort</translation>
    </message>
    <message>
        <source>outside the shared cache</source>
        <translation>außerhalb des gemeinsamen Caches</translation>
    </message>
    <message>
        <source>requests per minute</source>
        <translation>Anfragen je Minute</translation>
    </message>
    <message>
        <source>tokens per day</source>
        <translation>Token je Tag</translation>
    </message>
    <message>
        <source>joules per day</source>
        <translation>Joule je Tag</translation>
    </message>
    <message>
        <source>context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>requests at once</source>
        <translation>Anfragen gleichzeitig</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>Präzision</translation>
    </message>
    <message>
        <source>format of the cache</source>
        <translation>Format des Caches</translation>
    </message>
    <message>
        <source>wish</source>
        <translation>Wunsch</translation>
    </message>
    <message>
        <source>number of cards</source>
        <translation>Zahl der Karten</translation>
    </message>
    <message>
        <source>tokens in the cache</source>
        <translation>Token im Cache</translation>
    </message>
    <message>
        <source>streams at once</source>
        <translation>Ströme gleichzeitig</translation>
    </message>
    <message>
        <source>tokens of the prompt</source>
        <translation>Token des Prompts</translation>
    </message>
    <message>
        <source>engines</source>
        <translation>Engines</translation>
    </message>
    <message>
        <source>use</source>
        <translation>Zweck</translation>
    </message>
    <message>
        <source>the package indexes</source>
        <translation>den Paketverzeichnissen</translation>
    </message>
    <message>
        <source>nothing, for it is empty</source>
        <translation>nichts, denn sie ist leer</translation>
    </message>
    <message>
        <source>exit code {0}</source>
        <translation>Exit-Code {0}</translation>
    </message>
    <message>
        <source>signal {0}</source>
        <translation>Signal {0}</translation>
    </message>
    <message>
        <source>process {0}</source>
        <translation>Prozess {0}</translation>
    </message>
    <message>
        <source>a program (pid</source>
        <translation>ein Programm (pid</translation>
    </message>
    <message>
        <source>; it has ended, and the driver still lists it</source>
        <translation>; beendet, aber vom Treiber noch geführt</translation>
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
        <translation>{model}: {state}</translation>
    </message>
</context>
<context>
    <name>units</name>
    <message>
        <source>{share} %</source>
        <translation>{share} %</translation>
    </message>
    <message>
        <source>not reported</source>
        <translation>nicht gemeldet</translation>
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
        <translation>{size} Byte</translation>
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
        <translation>{time} s</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} min {seconds} s</translation>
    </message>
    <message>
        <source>{s} s</source>
        <translation>{s} s</translation>
    </message>
    <message>
        <source>{m} min {s} s</source>
        <translation>{m} min {s} s</translation>
    </message>
    <message>
        <source>{m} min</source>
        <translation>{m} min</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h} h {m} min</translation>
    </message>
    <message>
        <source>{h} h</source>
        <translation>{h} h</translation>
    </message>
    <message>
        <source>{number} B parameters</source>
        <translation>{number} B Parameter</translation>
    </message>
    <message>
        <source>{number} M parameters</source>
        <translation>{number} M Parameter</translation>
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
        <translation>{low} – {high}</translation>
    </message>
    <message>
        <source>{s} s ago</source>
        <translation>vor {s} s</translation>
    </message>
    <message>
        <source>{m} min {s} s ago</source>
        <translation>vor {m} min {s} s</translation>
    </message>
    <message>
        <source>{h} h {m} min ago</source>
        <translation>vor {h} h {m} min</translation>
    </message>
    <message>
        <source>{d} d {h} h ago</source>
        <translation>vor {d} d {h} h</translation>
    </message>
    <message>
        <source>last five minutes</source>
        <translation>in den letzten fünf Minuten</translation>
    </message>
    <message>
        <source>last hour</source>
        <translation>in der letzten Stunde</translation>
    </message>
    <message>
        <source>last 24 hours</source>
        <translation>in den letzten 24 Stunden</translation>
    </message>
    <message>
        <source>last {n} days</source>
        <translation>in den letzten {n} Tagen</translation>
    </message>
</context>
<context>
    <name>welcome</name>
    <message>
        <source>The engine room does not answer yet; this fills by itself.</source>
        <translation>Der Maschinenraum antwortet noch nicht; dies füllt sich von selbst.</translation>
    </message>
    <message>
        <source>{memory} of memory</source>
        <translation>{memory} Speicher</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>CUDA up to {version}</source>
        <translation>CUDA bis {version}</translation>
    </message>
    <message>
        <source>{memory} of memory, shared with the processor</source>
        <translation>{memory} Speicher, mit dem Prozessor geteilt</translation>
    </message>
    <message>
        <source>Simulated card</source>
        <translation>Simulierte Karte</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Serving</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Wird gestoppt</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Check file</source>
        <translation>Datei prüfen</translation>
    </message>
    <message>
        <source>Load weights</source>
        <translation>Gewichte laden</translation>
    </message>
    <message>
        <source>Warm up</source>
        <translation>Aufwärmen</translation>
    </message>
    <message>
        <source>Looking for NVIDIA cards</source>
        <translation>NVIDIA-Karten werden gesucht</translation>
    </message>
    <message>
        <source>This takes a moment.</source>
        <translation>Das dauert einen Moment.</translation>
    </message>
    <message>
        <source>NVIDIA driver works</source>
        <translation>NVIDIA-Treiber funktioniert</translation>
    </message>
    <message>
        <source>The NVIDIA driver sees no card</source>
        <translation>Der NVIDIA-Treiber sieht keine Karte</translation>
    </message>
    <message>
        <source>Check that the card sits firmly and has its power cable, then restart the computer.</source>
        <translation>Prüfen, ob die Karte fest sitzt und ihr Stromkabel steckt, dann den Computer neu starten.</translation>
    </message>
    <message>
        <source>No NVIDIA driver on this machine</source>
        <translation>Kein NVIDIA-Treiber auf dieser Maschine</translation>
    </message>
    <message>
        <source>With an NVIDIA card, install its driver and restart. Without one, models run on the CPU.</source>
        <translation>Bei vorhandener NVIDIA-Karte ihren Treiber installieren und neu starten. Ohne Karte laufen Modelle auf der CPU.</translation>
    </message>
    <message>
        <source>The NVIDIA driver is installed but not loaded</source>
        <translation>Der NVIDIA-Treiber ist installiert, aber nicht geladen</translation>
    </message>
    <message>
        <source>Restart the computer; with Secure Boot, the driver module must be signed.</source>
        <translation>Den Computer neu starten; bei Secure Boot muss das Treibermodul signiert sein.</translation>
    </message>
    <message>
        <source>NVIDIA driver and library are of different versions</source>
        <translation>NVIDIA-Treiber und -Bibliothek haben verschiedene Versionen</translation>
    </message>
    <message>
        <source>The driver was updated while running: restart the computer.</source>
        <translation>Der Treiber wurde im laufenden Betrieb aktualisiert: den Computer neu starten.</translation>
    </message>
    <message>
        <source>No permission to ask the NVIDIA driver</source>
        <translation>Keine Berechtigung, den NVIDIA-Treiber zu fragen</translation>
    </message>
    <message>
        <source>Give your user access to the /dev/nvidia devices.</source>
        <translation>Dem eigenen Konto Zugriff auf die Geräte /dev/nvidia geben.</translation>
    </message>
    <message>
        <source>The NVIDIA card sleeps</source>
        <translation>Die NVIDIA-Karte schläft</translation>
    </message>
    <message>
        <source>It is suspended to save power, and is not woken to be read.</source>
        <translation>Sie ruht, um Strom zu sparen, und wird zum Ablesen nicht geweckt.</translation>
    </message>
    <message>
        <source>The NVIDIA driver does not answer</source>
        <translation>Der NVIDIA-Treiber antwortet nicht</translation>
    </message>
    <message>
        <source>Restart the computer; if it stays so, install the driver again.</source>
        <translation>Den Computer neu starten; bleibt es so, den Treiber neu installieren.</translation>
    </message>
    <message>
        <source>Runs on the CPU ({runtime})</source>
        <translation>Läuft auf der CPU ({runtime})</translation>
    </message>
    <message>
        <source>Runs on {device} ({runtime})</source>
        <translation>Läuft auf {device} ({runtime})</translation>
    </message>
    <message>
        <source>{count} tokens, set by the settings</source>
        <translation>{count} Token, laut Einstellungen</translation>
    </message>
    <message>
        <source>{count} tokens, the most this model knows</source>
        <translation>{count} Token, mehr kennt dieses Modell nicht</translation>
    </message>
    <message>
        <source>{count} tokens, less than asked for: there was no room for more</source>
        <translation>{count} Token, weniger als verlangt: mehr hatte keinen Platz</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} Token</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>mitgeliefert</translation>
    </message>
    <message>
        <source>1 core</source>
        <translation>1 Kern</translation>
    </message>
    <message>
        <source>{n} cores</source>
        <translation>{n} Kerne</translation>
    </message>
    <message>
        <source>{cores}, {threads} threads</source>
        <translation>{cores}, {threads} Threads</translation>
    </message>
    <message>
        <source>no counter that may be read</source>
        <translation>kein lesbarer Zähler</translation>
    </message>
    <message>
        <source>counter of the processor (RAPL)</source>
        <translation>Zähler des Prozessors (RAPL)</translation>
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
        <translation>Noch nichts gemessen</translation>
    </message>
    <message>
        <source>It appears here with the first readings.</source>
        <translation>Es erscheint hier mit den ersten Messwerten.</translation>
    </message>
    <message>
        <source>The engine room is not connected.</source>
        <translation>Der Maschinenraum ist nicht verbunden.</translation>
    </message>
    <message>
        <source>This card does not report its power</source>
        <translation>Diese Karte meldet ihre Leistung nicht</translation>
    </message>
    <message>
        <source>Some laptop and virtual cards have no power sensor that the driver may read.</source>
        <translation>Manche Laptop- und virtuellen Karten haben keinen Leistungssensor, den der Treiber lesen darf.</translation>
    </message>
    <message>
        <source>The CPU power counter gives no reading yet</source>
        <translation>Der CPU-Leistungszähler liefert noch keinen Messwert</translation>
    </message>
    <message>
        <source>It appears here as soon as there are two readings.</source>
        <translation>Er erscheint hier, sobald es zwei Messwerte gibt.</translation>
    </message>
    <message>
        <source>No NVIDIA card and no readable CPU power counter on this machine</source>
        <translation>Keine NVIDIA-Karte und kein lesbarer CPU-Leistungszähler auf dieser Maschine</translation>
    </message>
    <message>
        <source>On bare metal, let your user read /sys/class/powercap (RAPL). Virtual machines have none.</source>
        <translation>Auf echter Hardware dem eigenen Konto Lesezugriff auf /sys/class/powercap (RAPL) geben. Virtuelle Maschinen haben keinen.</translation>
    </message>
</context>
</TS>
