<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en">
<context>
    <name>Common</name>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_tree.py" line="65"/>
        <source>Feature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_tree.py" line="65"/>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_tree.py" line="65"/>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_tree.py" line="66"/>
        <source>Changes by layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/comparison_table.py" line="35"/>
        <source>Attributes that differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/comparison_table.py" line="55"/>
        <source>Attribute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/describe.py" line="36"/>
        <source>Shape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/describe.py" line="42"/>
        <source>unknown plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/describe.py" line="75"/>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/describe.py" line="75"/>
        <source>no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/describe.py" line="101"/>
        <source>Shape (area)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/describe.py" line="102"/>
        <source>Shape (length)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/describe.py" line="103"/>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/describe.py" line="147"/>
        <source>unreadable shape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/describe.py" line="156"/>
        <source>area {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/describe.py" line="159"/>
        <source>Shape changed: area {before} → {after} ({difference})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/describe.py" line="169"/>
        <source>length {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/describe.py" line="176"/>
        <source>Shape changed: length {before} → {after} ({difference})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/describe.py" line="181"/>
        <source>point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/describe.py" line="183"/>
        <source>Point moved by {distance}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/describe.py" line="188"/>
        <source>New shape: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/describe.py" line="189"/>
        <source>Shape removed: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/differences.py" line="17"/>
        <source>Original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/differences.py" line="17"/>
        <source>Commune&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/differences.py" line="18"/>
        <source>Province&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/findings_panel.py" line="35"/>
        <source>What the planning rules found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/findings_panel.py" line="58"/>
        <source>Not checked yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/findings_panel.py" line="61"/>
        <source>%n error(s): the province can&apos;t approve it like this. Double-click shows the place.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/findings_panel.py" line="66"/>
        <source>No errors; %n remark(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/findings_panel.py" line="67"/>
        <source>The planning rules find nothing wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="30"/>
        <source>added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="31"/>
        <source>changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="32"/>
        <source>removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="40"/>
        <source>new here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="41"/>
        <source>in a proposal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="42"/>
        <source>in a proposal, changed again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="43"/>
        <source>conflict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="54"/>
        <source>Draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="55"/>
        <source>Waiting for the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="56"/>
        <source>Awaiting signature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="57"/>
        <source>Sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="58"/>
        <source>In review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="59"/>
        <source>Returned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="60"/>
        <source>Approved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="61"/>
        <source>Rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="62"/>
        <source>Withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="83"/>
        <source>sent it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="84"/>
        <source>signed it off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="85"/>
        <source>opened it for review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="86"/>
        <source>returned it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="87"/>
        <source>rejected it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="88"/>
        <source>approved it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="89"/>
        <source>withdrew it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="96"/>
        <source>Error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="97"/>
        <source>Warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="98"/>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="106"/>
        <source>Somebody else changed the same attributes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="107"/>
        <source>You removed this feature, and somebody else changed it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="108"/>
        <source>You changed this feature, and somebody else removed it at the province.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="109"/>
        <source>The province has a feature of the same name already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="111"/>
        <source>Somebody else changed this feature too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="117"/>
        <source>Downloading the commune&apos;s data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="118"/>
        <source>Preparing the working copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="119"/>
        <source>Downloading what is new at the province</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="120"/>
        <source>Comparing with your changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="121"/>
        <source>Writing to the working copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="123"/>
        <source>Working…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="128"/>
        <source>Signing in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="129"/>
        <source>Getting data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="130"/>
        <source>Sending to the province</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="131"/>
        <source>Checking against the planning rules</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="132"/>
        <source>Reverting changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="133"/>
        <source>Resolving the conflict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="134"/>
        <source>Bringing back the record of changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="135"/>
        <source>Adding the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="136"/>
        <source>Opening the proposal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="137"/>
        <source>Recording the decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/labels.py" line="138"/>
        <source>Withdrawing the proposal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/language.py" line="20"/>
        <source>en</source>
        <comment>language code of this translation</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/quantities.py" line="69"/>
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/quantities.py" line="71"/>
        <source>%n minute(s) ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/quantities.py" line="73"/>
        <source>%n hour(s) ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/quantities.py" line="74"/>
        <source>%n day(s) ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/quantities.py" line="80"/>
        <source>about %n second(s) left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/quantities.py" line="81"/>
        <source>about %n minute(s) left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="37"/>
        <source>Something unexpected happened, and the step was not carried out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="37"/>
        <source>Try again. If it happens again, send the details to the province&apos;s support.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="45"/>
        <source>A value or shape can&apos;t be used as it is, so the step was not carried out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="45"/>
        <source>Correct it in the working copy. The details name the place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="61"/>
        <source>Ask the province&apos;s administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="62"/>
        <source>Sign in again; then everything goes on where it stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="64"/>
        <source>You are not signed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="65"/>
        <source>Your sign-in has expired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="66"/>
        <source>Your sign-in on this computer was ended by the province.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="67"/>
        <source>The name or the password is wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="67"/>
        <source>Check capital letters and the Vietnamese keyboard, then enter both again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="73"/>
        <source>Too many attempts to sign in. The account is safe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="73"/>
        <source>Wait a few minutes, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="78"/>
        <source>This account has been closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="79"/>
        <source>Your account may not do this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="80"/>
        <source>Nobody decides on a proposal of their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="80"/>
        <source>Somebody else has to take this step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="84"/>
        <source>Some changes lie outside your commune: {communes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="84"/>
        <source>Agree with these communes first, or leave the changes out of the proposal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="92"/>
        <source>You can go on working; what is waiting is sent when the connection is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="93"/>
        <source>Check the address of the hub with the province&apos;s administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="95"/>
        <source>The province&apos;s hub can&apos;t be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="96"/>
        <source>The province&apos;s hub did not answer in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="100"/>
        <source>The province&apos;s hub has a problem of its own at the moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="101"/>
        <source>Another service answers at this address, not a planning hub.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="104"/>
        <source>The address of the hub is not a valid web address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="105"/>
        <source>The hub could not prove that it is the province&apos;s: its certificate isn&apos;t trusted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="105"/>
        <source>Nothing was sent. Tell the province&apos;s administrator before you go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="111"/>
        <source>The hub&apos;s answer can&apos;t be understood.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="112"/>
        <source>The hub&apos;s list of layers can&apos;t be understood.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="113"/>
        <source>What you asked for isn&apos;t at the province, or your account may not see it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="113"/>
        <source>Refresh the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="118"/>
        <source>The hub doesn&apos;t know this commune.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="119"/>
        <source>This is larger than the hub accepts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="119"/>
        <source>Make files smaller (20 MB each at most), or split the proposal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="127"/>
        <source>This plugin and the hub speak different versions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="131"/>
        <source>Update the plugin, or ask the province&apos;s administrator which version to use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="135"/>
        <source>Get the data again; the download goes on where it stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="137"/>
        <source>The province&apos;s database was restored, and doesn&apos;t know the state of your working copy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="137"/>
        <source>Get the data again: your changes are carried over to the fresh copy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="142"/>
        <source>The province has newer data than what was being downloaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="146"/>
        <source>The download was cut off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="153"/>
        <source>The download doesn&apos;t match what the hub announced, and was thrown away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="148"/>
        <source>Stopped, as you asked. Everything is as before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="157"/>
        <source>Move the file away (don&apos;t delete it), then get the data again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="159"/>
        <source>The working copy is no longer where it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="159"/>
        <source>If you moved the file, put it back. Otherwise get the data again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="171"/>
        <source>What was sent is safe at the province.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="165"/>
        <source>The working copy can&apos;t be written to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="165"/>
        <source>Take the write protection off the file and its folder, or choose another folder in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="170"/>
        <source>The file isn&apos;t a working copy of this plugin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="171"/>
        <source>The working copy is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="176"/>
        <source>The working copy belongs to another province&apos;s hub.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="177"/>
        <source>The working copy belongs to another commune.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="178"/>
        <source>The working copy was made by a newer version of the plugin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="179"/>
        <source>The working copy lies on a network drive, where it can only be read safely.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="179"/>
        <source>Copy the file to this computer&apos;s own disk and open it there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="183"/>
        <source>The working copy is being written to by another program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="183"/>
        <source>Wait a moment, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="198"/>
        <source>A layer is still being edited ({holders}), so the province&apos;s changes wait.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="198"/>
        <source>Save your edits and leave edit mode there, then get the data again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="207"/>
        <source>Bring the record back: the layer is compared with what the province sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="208"/>
        <source>Your drawing is still in the file. Getting data and sending wait until this is put right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="210"/>
        <source>The layer “{layer}” was overwritten, and the record of its changes is gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="216"/>
        <source>The layer “{layer}” was replaced by another table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="231"/>
        <source>The attributes of the layer “{layer}” were changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="231"/>
        <source>Undo the change of attributes, or bring the record back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="241"/>
        <source>Refresh the list to see how it stands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="243"/>
        <source>The proposal contains no changes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="243"/>
        <source>Draw or edit first and save the layer, or tick changes in the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="248"/>
        <source>The changes belong to several plans: {plans}. A proposal is for one plan only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="248"/>
        <source>Split them into one proposal for each plan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="253"/>
        <source>Somebody else changed the same features ({conflicts}) meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="253"/>
        <source>The commune has to get the data, resolve the conflicts and send again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="258"/>
        <source>The proposal has moved on meanwhile (now: {state}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="259"/>
        <source>This version was sent before with other content.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="259"/>
        <source>Send it again: it becomes the next version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="264"/>
        <source>Plan, title, ground or reason is still missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="264"/>
        <source>Fill in what is marked, then send.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="278"/>
        <source>The result has changed since you looked at it, so nothing was decided.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="278"/>
        <source>Look at it again, then decide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="283"/>
        <source>The planning rules find errors in the result, so it can&apos;t be approved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="283"/>
        <source>See the list of findings; return the proposal with the reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="288"/>
        <source>A file of the proposal hasn&apos;t reached the province.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="288"/>
        <source>Send again: the file goes along.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="297"/>
        <source>A file was altered on its way to the province.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="297"/>
        <source>Send again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="300"/>
        <source>The file can&apos;t be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="300"/>
        <source>Close it in other programs, or choose another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="304"/>
        <source>The hub refused the content as invalid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="304"/>
        <source>Correct the features in the list of problems, then send again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="312"/>
        <source>Draw the shape again, or delete the feature.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="314"/>
        <source>The shape can&apos;t be read, or has curves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="316"/>
        <source>The shape has curves, which the standard doesn&apos;t know.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="316"/>
        <source>Replace the curve by short straight lines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="320"/>
        <source>The feature has no shape.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="321"/>
        <source>The shape crosses or touches itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="321"/>
        <source>Correct it with the vertex tool.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="324"/>
        <source>A corner of the shape has no usable coordinates.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="325"/>
        <source>The shape is of another kind than the layer ({found}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="326"/>
        <source>“{value}” doesn't fit the attribute “{field}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="326"/>
        <source>Correct it in the attribute form.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="330"/>
        <source>The text of “{field}” is too long: {length} characters, at most {limit}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="330"/>
        <source>Shorten it in the attribute form.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="334"/>
        <source>The feature belongs to no plan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="337"/>
        <source>Choose the plan in the attribute form.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="343"/>
        <source>The hub doesn't know the layer “{layer}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="344"/>
        <source>The layer “{layer}” has no attribute “{field}” at the province.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/messages.py" line="57"/>
        <source>Commune planning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/messages.py" line="87"/>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/messages.py" line="88"/>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/messages.py" line="89"/>
        <source>C&amp;lose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/present_error.py" line="50"/>
        <source>No data is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/present_error.py" line="63"/>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/present_error.py" line="64"/>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/present_error.py" line="65"/>
        <source>Get data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/present_error.py" line="66"/>
        <source>Bring back the record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/present_error.py" line="67"/>
        <source>Split by plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/present_error.py" line="68"/>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/present_error.py" line="69"/>
        <source>Show conflicts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="145"/>
        <source>The province&apos;s changes did not arrive whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="188"/>
        <source>Another QGIS has brought the working copy up to date meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="188"/>
        <source>Get the data again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="193"/>
        <source>There is a working copy already, and it is never overwritten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="193"/>
        <source>Open it, or move the file away first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="197"/>
        <source>The working copy can&apos;t be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="219"/>
        <source>The recording of changes is switched off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="220"/>
        <source>The layer “{layer}” has lost its spatial index.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="221"/>
        <source>The layer “{layer}” is no longer listed in the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="224"/>
        <source>The layer “{layer}” is missing from the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="224"/>
        <source>Bring the record back: the layer is restored as the province sent it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="224"/>
        <source>Edits of this layer that were not sent may be gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="230"/>
        <source>The layer “{layer}” can't be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="269"/>
        <source>Some of the changes are in a proposal that isn&apos;t decided yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="269"/>
        <source>Leave them out, or withdraw that proposal first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="273"/>
        <source>Some features can&apos;t be sent as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="277"/>
        <source>This draft isn&apos;t in the working copy any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="293"/>
        <source>The file is larger than the hub accepts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="293"/>
        <source>Make it smaller: 20 MB at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="337"/>
        <source>The plan of the feature isn&apos;t at the province.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="349"/>
        <source>The feature has no identity of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/error_texts.py" line="349"/>
        <source>Copy it, paste it into the same layer and delete the old one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Forms</name>
    <message>
        <location filename="../commune_planning_plugin/adapters/forms.py" line="96"/>
        <source>(not chosen)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/adapters/forms.py" line="175"/>
        <source>Main attributes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/adapters/forms.py" line="176"/>
        <source>Other attributes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/adapters/forms.py" line="177"/>
        <source>Computed from the shape</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Layers</name>
    <message>
        <location filename="../commune_planning_plugin/adapters/layers.py" line="129"/>
        <source>Reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/adapters/layers.py" line="264"/>
        <source>{commune} – working copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/adapters/reference_layers.py" line="27"/>
        <source>Commune boundaries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/adapters/reference_layers.py" line="27"/>
        <source>Plan boundaries</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>News</name>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="18"/>
        <source>Wait until this is done: {job}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="25"/>
        <source>Welcome, {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="26"/>
        <source>Signed out. The working copy stays on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="27"/>
        <source>Sent to the province. You can go on working.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="29"/>
        <source>Signed off; the proposal is at the province now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="30"/>
        <source>Returned with your reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="31"/>
        <source>Rejected with your reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="32"/>
        <source>Approved. All communes concerned receive it when they next get data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="33"/>
        <source>Withdrawn; its changes are yours to edit again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="37"/>
        <source>Reverted. The features are as the province has them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="38"/>
        <source>The conflict is resolved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="39"/>
        <source>The record of changes is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="43"/>
        <source>Stopped, as you asked. Everything is as before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="44"/>
        <source>The working copy is no longer where it was. Get the data again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="45"/>
        <source>The connection to the province is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="46"/>
        <source>No connection to the province. You can go on working.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="52"/>
        <source>%n added</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="53"/>
        <source>%n changed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="54"/>
        <source>%n removed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="57"/>
        <source>The data is up to date.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="61"/>
        <source>%n feature(s) were changed by somebody else too: please decide.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="28"/>
        <source>The proposal is ready and leaves as soon as the province can be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="34"/>
        <source>The commune&apos;s data is on this computer. You can start drawing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="36"/>
        <source>The province&apos;s changes wait until you save your edits and leave edit mode.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="40"/>
        <source>Signed in, but only until QGIS is closed: its password store can&apos;t be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="41"/>
        <source>Saving “{layer}” again: another program was writing at the same moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/news_texts.py" line="42"/>
        <source>The attributes of “{layer}” are set by the national standard and can't be changed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Proposals</name>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="37"/>
        <source>&amp;Back to the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="38"/>
        <source>The plan that is adjusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="40"/>
        <source>&amp;Split by plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="42"/>
        <source>The legal ground of the adjustment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="48"/>
        <source>&amp;Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="70"/>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="61"/>
        <source>What is adjusted and where, in one line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="70"/>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="64"/>
        <source>Why the plan has to be adjusted here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="70"/>
        <source>1. Plan and changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="70"/>
        <source>2. Ground and reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="70"/>
        <source>3. Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="70"/>
        <source>4. Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="123"/>
        <source>Local adjustment: {layers}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="140"/>
        <source>Choose one of the eight grounds…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/draft_readiness.py" line="57"/>
        <source>%n change(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="178"/>
        <source>%n change(s) belong to other plans and need proposals of their own.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="204"/>
        <source>Example: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="205"/>
        <source>Needed: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="297"/>
        <source>⚠ conflict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/draft_readiness.py" line="25"/>
        <source>Wait until this is done: {job}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/draft_readiness.py" line="29"/>
        <source>Tick at least one change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/draft_readiness.py" line="29"/>
        <source>Choose the plan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/draft_readiness.py" line="29"/>
        <source>Choose the ground.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/draft_readiness.py" line="29"/>
        <source>Write a title.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/draft_readiness.py" line="29"/>
        <source>Write the reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/draft_readiness.py" line="43"/>
        <source>Decide %n conflict(s) first, in the dock Working copy.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/draft_readiness.py" line="43"/>
        <source>Correct %n feature(s) that can&apos;t be sent, see the dock Working copy.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/draft_readiness.py" line="43"/>
        <source>Bring back the record of changes first, in the dock Working copy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/draft_readiness.py" line="56"/>
        <source>&amp;Send to the province</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/draft_readiness.py" line="58"/>
        <source>on %n layer(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/draft_readiness.py" line="59"/>
        <source>&amp;Send {changes} {layers} to the province</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/draft_readiness.py" line="65"/>
        <source>{what}, of the plan “{plan}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/files_panel.py" line="30"/>
        <source>Decisions, minutes, drawings: the evidence for the ground.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/files_panel.py" line="33"/>
        <source>Files of the proposal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/files_panel.py" line="35"/>
        <source>&amp;Add a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/files_panel.py" line="36"/>
        <source>Re&amp;move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/files_panel.py" line="55"/>
        <source>Add files to the proposal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposal_dock.py" line="23"/>
        <source>Proposals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="56"/>
        <source>&amp;Edit and send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="57"/>
        <source>&amp;Withdraw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="58"/>
        <source>Delete &amp;draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="71"/>
        <source>My proposals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="72"/>
        <source>Proposal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="72"/>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="72"/>
        <source>Since</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="138"/>
        <source>&amp;New proposal of %n change(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="138"/>
        <source>&amp;New proposal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="141"/>
        <source>Draw or edit first: a proposal is made of changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="147"/>
        <source>%n proposal(s) waiting for the network; sent by itself as soon as it is back.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="155"/>
        <source>The changes belong to %n plan(s): {names}. A proposal is for one plan only.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="159"/>
        <source>Make %n proposal(s), one for each plan</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="209"/>
        <source>Without title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="214"/>
        <source>⚠ Returned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="218"/>
        <source>No proposals yet. A proposal takes your changes to the province: choose them, give ground and reason, send.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="231"/>
        <source>Reason: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="243"/>
        <source>Not sent yet. Complete it and send it to the province.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="244"/>
        <source>Correct what is asked for, then send again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="245"/>
        <source>Nothing to do: the head of the commune has to sign it off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="246"/>
        <source>Nothing to do: the province has received it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="247"/>
        <source>Nothing to do: the province is looking at it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="248"/>
        <source>In the province&apos;s database. You receive it when you next get data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/proposals_list.py" line="249"/>
        <source>Its changes are yours to edit again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/compose_panel.py" line="222"/>
        <source>The changes reach into other communes, which will be asked: {communes}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <location filename="../commune_planning_plugin/adapters/review_view.py" line="88"/>
        <source>Proposal {number}: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/adapters/review_view.py" line="95"/>
        <source>Result, with its surroundings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/decision_bar.py" line="24"/>
        <source>Reason of the decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/decision_bar.py" line="25"/>
        <source>Reason (compulsory to return or reject)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/decision_bar.py" line="31"/>
        <source>Re&amp;turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/decision_bar.py" line="32"/>
        <source>Re&amp;ject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/decision_bar.py" line="33"/>
        <source>Back to the commune, to be corrected as the reason says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/decision_bar.py" line="34"/>
        <source>Refuse for good, with the reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/decision_bar.py" line="56"/>
        <source>%n change(s) go into the province's database, plan “{plan}”</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/decision_bar.py" line="57"/>
        <source>&amp;Approve %n change(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/decision_bar.py" line="58"/>
        <source>%n change(s) go to the province, signed off by you</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/decision_bar.py" line="59"/>
        <source>&amp;Sign off %n change(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/decision_bar.py" line="64"/>
        <source>There is nothing for you to decide here. State: {state}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/decision_bar.py" line="68"/>
        <source>%n change(s) clash with the province&apos;s data: return, so that the commune can decide.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/decision_bar.py" line="74"/>
        <source>The planning rules find %n error(s); it can&apos;t be approved like this.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/decision_bar.py" line="95"/>
        <source>Write what has to be corrected; then return.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/decision_bar.py" line="99"/>
        <source>Write why it is refused; then reject.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/inbox_panel.py" line="37"/>
        <source>&amp;Open the proposal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/inbox_panel.py" line="38"/>
        <source>Re&amp;fresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/inbox_panel.py" line="47"/>
        <source>Proposals waiting for a decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/inbox_panel.py" line="72"/>
        <source>%n proposal(s) waiting for you</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/inbox_panel.py" line="119"/>
        <source>Sign in first, in the dock Working copy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/inbox_panel.py" line="121"/>
        <source>Here heads of communes sign off proposals, and the province decides on them. Your account does neither.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/inbox_panel.py" line="124"/>
        <source>Nothing waits for you. Proposals appear here when communes send them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/inbox_panel.py" line="142"/>
        <source>Select a proposal in the table first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/inbox_panel.py" line="159"/>
        <source>Proposal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/inbox_panel.py" line="160"/>
        <source>Commune</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/inbox_panel.py" line="161"/>
        <source>Plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/inbox_panel.py" line="162"/>
        <source>Changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/inbox_panel.py" line="163"/>
        <source>Age</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/inbox_panel.py" line="164"/>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_dock.py" line="19"/>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="45"/>
        <source>Show &amp;before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="46"/>
        <source>Show a&amp;fter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="47"/>
        <source>All attri&amp;butes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="61"/>
        <source>&amp;Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="68"/>
        <source>On the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="156"/>
        <source>Files and history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="81"/>
        <source>Back to the list; the map is again as it was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="82"/>
        <source>&amp;Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="83"/>
        <source>Previous change (P)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="86"/>
        <source>Next change (N)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="87"/>
        <source>Previous change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="87"/>
        <source>Next change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="89"/>
        <source>Next &amp;proposal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="152"/>
        <source>Changes ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="153"/>
        <source>Check ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="155"/>
        <source>Files ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="172"/>
        <source>Before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="172"/>
        <source>After</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="211"/>
        <source>{name}, {time} · {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="212"/>
        <source>Ground: {ground}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="212"/>
        <source>Reason: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="226"/>
        <source>⚠ conflict</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/review_panel.py" line="226"/>
        <source>%n finding(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/inbox_panel.py" line="102"/>
        <source>%n change(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <location filename="../commune_planning_plugin/gui/findings_text.py" line="24"/>
        <source>the shape crosses or touches itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/findings_text.py" line="26"/>
        <source>required attributes are empty: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/findings_text.py" line="27"/>
        <source>the land function isn&apos;t in the official list: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/findings_text.py" line="28"/>
        <source>a code isn&apos;t in the official list: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/findings_text.py" line="29"/>
        <source>overlaps a neighbouring lot by {area}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/findings_text.py" line="30"/>
        <source>leaves a gap of {area} to its neighbours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/findings_text.py" line="32"/>
        <source>rule {rule} isn&apos;t met.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Signs</name>
    <message>
        <location filename="../commune_planning_plugin/adapters/signs.py" line="53"/>
        <source>+ Added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/adapters/signs.py" line="54"/>
        <source>− Removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/adapters/signs.py" line="55"/>
        <source>Before the change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/adapters/signs.py" line="56"/>
        <source>After the change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/adapters/signs.py" line="57"/>
        <source>⚠ Someone else changed it too</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WorkingCopy</name>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="39"/>
        <source>&amp;Revert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="40"/>
        <source>Into a &amp;proposal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="50"/>
        <source>Find a change: name, layer, state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="51"/>
        <source>Find a change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="52"/>
        <source>Accents don&apos;t matter (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="58"/>
        <source>&amp;Take the province&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="58"/>
        <source>&amp;Keep mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="59"/>
        <source>Your change of this feature is given up; the province&apos;s stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="60"/>
        <source>Your values stay and go into the next proposal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="68"/>
        <source>&amp;Leave as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="106"/>
        <source>You are editing. Each change appears here as soon as you save the layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="107"/>
        <source>No changes yet. What you draw, edit or delete in the planning layers appears here when saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="190"/>
        <source>Re&amp;vert %n change(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="227"/>
        <source>Somebody else edited this too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="228"/>
        <source>Both versions are kept until you decide. No data is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="234"/>
        <source>Select changes in the list first</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="235"/>
        <source>Take %n change(s) back; you are shown first what that does</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="240"/>
        <source>Select changes that are in no proposal yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="241"/>
        <source>Put %n change(s) into a proposal</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/header.py" line="38"/>
        <source>Sign out (the working copy stays on this computer)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/header.py" line="39"/>
        <source>Sign out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/header.py" line="59"/>
        <source>No commune chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/header.py" line="76"/>
        <source>Connected to the province · {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/header.py" line="79"/>
        <source>No connection since {time}; you can go on working</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/header.py" line="81"/>
        <source>No connection; you can go on working</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/header.py" line="82"/>
        <source>Not signed in</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/header.py" line="86"/>
        <source>%n change(s) on this computer</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/header.py" line="88"/>
        <source>%n proposal(s) not sent yet</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/header.py" line="96"/>
        <source>Nothing new at the province</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/header.py" line="97"/>
        <source>%n new change(s) at the province</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/header.py" line="104"/>
        <source>Last data from the province: {age}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/problems_panel.py" line="31"/>
        <source>Features that can&apos;t be sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/problems_panel.py" line="44"/>
        <source>%n feature(s) can&apos;t be sent as they are. Double-click shows the place.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/problems_panel.py" line="58"/>
        <source>{layer}, row {fid}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/progress_panel.py" line="26"/>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/progress_panel.py" line="27"/>
        <source>Stop; everything stays as it was before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/progress_panel.py" line="28"/>
        <source>S&amp;top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/progress_panel.py" line="57"/>
        <source>{done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/progress_panel.py" line="67"/>
        <source>{done} features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/progress_panel.py" line="68"/>
        <source>{done} of {total} features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/sign_in_panel.py" line="20"/>
        <source>Address of the province's hub, for example https://…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/sign_in_panel.py" line="21"/>
        <source>The account name that the province gave you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/sign_in_panel.py" line="22"/>
        <source>Capital letters count</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="227"/>
        <source>&amp;Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/sign_in_panel.py" line="37"/>
        <source>Sign in with the account that the province gave you, to get your commune&apos;s data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/sign_in_panel.py" line="45"/>
        <source>&amp;Hub</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/sign_in_panel.py" line="45"/>
        <source>&amp;Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/sign_in_panel.py" line="45"/>
        <source>&amp;Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/sign_in_panel.py" line="71"/>
        <source>Please fill in: {field}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="34"/>
        <source>Working copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="56"/>
        <source>Commune</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="191"/>
        <source>The commune whose plans you work on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="65"/>
        <source>Get data to this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="66"/>
        <source>Get data to this computer: what is new at the province (F9)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="72"/>
        <source>&amp;Bring back the record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="124"/>
        <source>Choose a commune…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="191"/>
        <source>&amp;Choose a commune</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="196"/>
        <source>&amp;Get data to this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="196"/>
        <source>Bring the commune&apos;s planning data from the province to this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="201"/>
        <source>&amp;Start drawing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="201"/>
        <source>Make the land-use layer editable with the tool for a new feature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="206"/>
        <source>&amp;Decide the conflicts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="206"/>
        <source>Go to the first feature that somebody else changed too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="211"/>
        <source>&amp;Make a proposal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="211"/>
        <source>Put the changes into a proposal for the province</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="216"/>
        <source>&amp;Send to the province</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="216"/>
        <source>Finish the draft proposal and send it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="221"/>
        <source>&amp;Review proposals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../commune_planning_plugin/gui/working_copy_dock.py" line="221"/>
        <source>Proposals wait for your decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="204"/>
        <source>%n drawn feature(s) will be deleted</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="205"/>
        <source>%n edited feature(s) go back to the original</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../commune_planning_plugin/gui/changes_panel.py" line="206"/>
        <source>%n deleted feature(s) come back</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
</TS>
