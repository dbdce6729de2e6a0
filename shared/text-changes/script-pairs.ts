/** Frequent simplified characters and their traditional forms; only characters with one usual form. Put together for this program. */
const SIMPLIFIED =
  '这个们来时对会说过还没问题为什么样开关进见现点电话话单让请谁谢该认识证记许设评词译试详误读课调论访诉销钱错银铁针钟长门间闻闹马驾骑验险难预领频颜额风饭馆饮鱼鸟龙东车转轮软轻较输边达运远连迟选适递资质费赔赢购贵贷贸账货责员贝财败贪贫负贡赞够写报护担拥择据换挂损携办务动劳势励区医华协双变号后响员国团围园图圆场坏块坚声处备复够头夺奋奖妇妈娱孙学宁实审宽宾导将尔尘层属岁岛币师帅带帮庆应庙库废开张弹强归当录彻径忆怀态总恋恳恶恼悬惊惩愿战户扑执扩扫扬扰抚抢拟拨挤挥捞据无旧显晓晚术机杀杂权条极构枪标栏树样桥检楼横欢欧残毕气汇汉汤沟泪洁测济浏浓涛润涨温渐湿满滚灭灯灵灾点炼热爱爷牵犹独狭猎环现琐电画畅疗监盖盘着矿码砖础确离种积称稳穷窃竞笔签简筹类粮紧纠红约级纪纯纲纳纵纷纸线练组细终绍经结绕给络绝统继绩续维综绿编缘缩网罗罚罢职联聪肤肠脑脚脱脸艺节范荐药获虑虽补装规视览觉触订计讨训议讲';
const TRADITIONAL =
  '這個們來時對會說過還沒問題為什麼樣開關進見現點電話話單讓請誰謝該認識證記許設評詞譯試詳誤讀課調論訪訴銷錢錯銀鐵針鐘長門間聞鬧馬駕騎驗險難預領頻顏額風飯館飲魚鳥龍東車轉輪軟輕較輸邊達運遠連遲選適遞資質費賠贏購貴貸貿賬貨責員貝財敗貪貧負貢贊夠寫報護擔擁擇據換掛損攜辦務動勞勢勵區醫華協雙變號後響員國團圍園圖圓場壞塊堅聲處備復夠頭奪奮獎婦媽娛孫學寧實審寬賓導將爾塵層屬歲島幣師帥帶幫慶應廟庫廢開張彈強歸當錄徹徑憶懷態總戀懇惡惱懸驚懲願戰戶撲執擴掃揚擾撫搶擬撥擠揮撈據無舊顯曉晚術機殺雜權條極構槍標欄樹樣橋檢樓橫歡歐殘畢氣匯漢湯溝淚潔測濟瀏濃濤潤漲溫漸濕滿滾滅燈靈災點煉熱愛爺牽猶獨狹獵環現瑣電畫暢療監蓋盤著礦碼磚礎確離種積稱穩窮竊競筆簽簡籌類糧緊糾紅約級紀純綱納縱紛紙線練組細終紹經結繞給絡絕統繼績續維綜綠編緣縮網羅罰罷職聯聰膚腸腦腳脫臉藝節範薦藥獲慮雖補裝規視覽覺觸訂計討訓議講';

/** Traditional form by simplified character; characters that are the same in both are left out. */
export const TO_TRADITIONAL: ReadonlyMap<string, string> = new Map(
  [...SIMPLIFIED].flatMap((simplified, i) => {
    const traditional = [...TRADITIONAL][i] ?? simplified;
    return simplified === traditional ? [] : [[simplified, traditional] as const];
  }),
);
